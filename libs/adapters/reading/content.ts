import type { Message } from '../../kernel/fact.js';
import { BadPart } from './bad-part.js';
import { Place } from './place.js';

/** What a message says, out of whatever envelope it came in. */
export type Content =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly contentType: string };

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/**
 * The data of a kept message. A structured CloudEvent was kept as its whole JSON envelope: its data is `data`, or
 * `data_base64`. Throws `BadPart` when there is none, or when the envelope is not JSON.
 */
export function contentOf(message: Message): Content {
  const contentType = mediaType(message.contentType);
  if (contentType !== 'application/cloudevents+json') return { kind: 'bytes', bytes: message.body, contentType };
  const envelope = parseJson(message.body);
  if (typeof envelope !== 'object' || envelope === null)
    throw new BadPart('invalid-envelope', 'the CloudEvent is not an object', '');
  if ('data' in envelope && envelope.data !== null) return { kind: 'json', value: envelope.data };
  if ('data_base64' in envelope && typeof envelope.data_base64 === 'string') {
    const bytes = new Uint8Array(Buffer.from(envelope.data_base64, 'base64'));
    return { kind: 'bytes', bytes, contentType: mediaType(message.attributes.datacontenttype ?? 'application/json') };
  }
  throw new BadPart('no-data', 'the event has no data', '/data');
}

/** The data as JSON. Throws `BadPart`. */
export function jsonOf(message: Message): unknown {
  const content = contentOf(message);
  return content.kind === 'json' ? content.value : parseJson(content.bytes);
}

/** The whole of the data as JSON. Throws `BadPart`. */
export function placeOf(message: Message): Place {
  return new Place(jsonOf(message), '', message.asked);
}

/** The data as text: UTF-8, else Windows-1252, which spreadsheets on Windows still save. Throws `BadPart`. */
export function textOf(message: Message): string {
  const content = contentOf(message);
  if (content.kind === 'bytes') return decodeText(content.bytes);
  if (typeof content.value === 'string') return content.value;
  throw new BadPart('wrong-type', 'text is expected here', '/data');
}

/** Throws `BadPart`; never with the parser's own message, which quotes what it read. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new BadPart('invalid-json', 'the content is not JSON in UTF-8', '');
  }
}

/** JSON that a value holds as text, read as its bytes would be. Throws `BadPart` likewise, at the value's pointer. */
export function jsonIn(text: string, pointer: string): unknown {
  try {
    return JSON.parse(text.toWellFormed());
  } catch {
    throw new BadPart('invalid-json', 'the content is not JSON in UTF-8', pointer);
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/** Lower case, without parameters. */
function mediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}
