import type { Fact, SourceRecord } from '../../kernel/fact.js';
import type { XmlElement } from '../reading/xml.js';

/** Of which child, and when the authority said so (RFC 3339). */
export interface Stated {
  readonly record: SourceRecord;
  readonly statedAt: string;
}

/** A part of the census as a fact: of the child's record, by its own key, on its day. */
export function fact(
  { record, statedAt }: Stated,
  at: XmlElement,
  name: string,
  key: readonly string[],
  data: Uint8Array,
  on = key[0] ?? '',
): Fact {
  const type = `hub.social_care.v1.${name}`;
  return {
    record,
    key: [type, record.key, ...key],
    type,
    data,
    occurred: { at: on, precision: 'date' },
    statedAt,
    pointer: at.pointer,
  };
}
