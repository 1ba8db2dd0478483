import { fromBinary, toJson, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { TimestampSchema } from '@bufbuild/protobuf/wkt';
import { canonicalType } from '../../../libs/contracts/catalogue.js';
import type {
  PublishRequestSchema,
  PublishStreamRequestSchema,
  TryRequestSchema,
} from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import type {
  CloudEvent,
  CloudEvent_CloudEventAttributeValue as AttributeValue,
} from '../../../libs/contracts/gen/io/cloudevents/v1/cloudevents_pb.js';
import { badRequest } from '../../../libs/platform/problems/problem.js';
import { checkedAttributes, type Publisher } from '../../../libs/platform/envelopes/attributes.js';
import { contentOf, type ReceivedEvent } from '../../../libs/platform/envelopes/event.js';

type Request = typeof PublishRequestSchema | typeof PublishStreamRequestSchema | typeof TryRequestSchema;

const PROTOBUF = 'application/protobuf';
const pointer = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * The event in a request of this door, kept as binary mode keeps it: the data byte for byte, the attributes beside it. So it
 * is the same event at every door. Throws `Problem`.
 */
export function protoEvent(bytes: Uint8Array, schema: Request, publisher: Publisher): ReceivedEvent {
  const { event } = parsed(bytes, schema);
  if (!event) throw badRequest('empty-body', 'The message holds no event.');
  // What is not kept must not be taken either.
  if (event.$unknown !== undefined)
    throw badRequest('broken-envelope', 'The event has a field that CloudEvents has not.');
  const attributes = checkedAttributes(given(event), publisher, pointer);
  const body = dataOf(event, attributes['type'] ?? '');
  const contentType = attributes['datacontenttype'] ?? 'application/json';
  return { attributes, content: contentOf(body, contentType), body, contentType };
}

function parsed<Desc extends DescMessage>(bytes: Uint8Array, schema: Desc): MessageShape<Desc> {
  try {
    return fromBinary(schema, bytes);
  } catch {
    // The parser's own message may quote the bytes.
    throw badRequest('malformed', 'The message is not well-formed protobuf, or a text in it is not UTF-8.');
  }
}

function given({ id, source, specVersion, type, attributes, data }: CloudEvent): Map<string, string> {
  const all = new Map<string, string>();
  // What protobuf does not carry is not told apart from an empty text.
  for (const [name, value] of Object.entries({ specversion: specVersion, id, source, type })) {
    if (value !== '') all.set(name, value);
  }
  for (const [name, value] of Object.entries(attributes)) {
    const text = textOf(name, value);
    if (text === undefined) continue;
    if (['specversion', 'id', 'source', 'type'].includes(name)) {
      throw badRequest('broken-envelope', `${name} is a field of its own, not one of the attributes.`, pointer(name));
    }
    all.set(name, text);
  }
  if (data.case === 'protoData') {
    if ((all.get('datacontenttype') ?? PROTOBUF) !== PROTOBUF) {
      throw badRequest('broken-envelope', `The type of proto_data is ${PROTOBUF}.`, '/datacontenttype');
    }
    all.set('datacontenttype', PROTOBUF);
  }
  return all;
}

/** As the attribute is written where everything is text. Undefined when it has no value, like null in JSON. */
function textOf(name: string, { attr }: AttributeValue): string | undefined {
  switch (attr.case) {
    case 'ceBoolean':
    case 'ceInteger':
      return String(attr.value);
    case 'ceBytes':
      return Buffer.from(attr.value).toString('base64');
    case 'ceTimestamp':
      try {
        return toJson(TimestampSchema, attr.value);
      } catch {
        throw badRequest(
          'broken-envelope',
          'A timestamp lies between the years 1 and 9999.',
          pointer(name.slice(0, 64)),
        );
      }
    case undefined:
      return undefined;
    default:
      return attr.value;
  }
}

function dataOf({ data }: CloudEvent, type: string): Uint8Array {
  switch (data.case) {
    case 'binaryData':
      return data.value;
    case 'textData':
      return Buffer.from(data.value);
    case 'protoData': {
      // The bytes alone are kept: they have to be what the type of the event says.
      const name = data.value.typeUrl.slice(data.value.typeUrl.lastIndexOf('/') + 1);
      if (canonicalType(name) === type) return data.value.value;
      throw badRequest(
        'broken-envelope',
        'proto_data holds the message that the type of the event names.',
        '/proto_data',
      );
    }
    default:
      return new Uint8Array();
  }
}
