import { create, toJson, type DescMessage, type JsonValue, type MessageInitShape } from '@bufbuild/protobuf';
import { agencyOfType } from '../contracts/catalogue.js';

/** A CloudEvent in structured mode, as a partner sends it. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** The system. */
  readonly source: string;
  readonly type: string;
  /** The source's own record. */
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  /** RFC 3339: when the source wrote it down, if that was later. */
  readonly recordedtime?: string;
  readonly handling?: string;
  readonly datacontenttype: 'application/json';
  readonly data: JsonValue;
}

export type Told = Pick<CloudEvent, 'id' | 'subject' | 'time' | 'recordedtime' | 'handling'>;

/** A canonical event of the agency that the schema belongs to. Throws when it belongs to none. */
export function canonicalEvent<Desc extends DescMessage>(
  schema: Desc,
  told: Told,
  data: MessageInitShape<Desc>,
): CloudEvent {
  const source = agencyOfType(schema.typeName);
  if (!source) throw new TypeError(`${schema.typeName} is not in the package of an agency`);
  return {
    specversion: '1.0',
    source,
    type: schema.typeName,
    ...told,
    datacontenttype: 'application/json',
    data: toJson(schema, create(schema, data)),
  };
}
