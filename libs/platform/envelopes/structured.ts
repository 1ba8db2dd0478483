import { isUtf8 } from 'node:buffer';
import { badRequest } from '../problems/problem.js';
import { checkedAttributes, type Publisher } from './attributes.js';
import { contentOf, isJson, type EventContent, type ReceivedEvent } from './event.js';
import { elements, isDeeperThan, repeatedName } from './json-ranges.js';

export const STRUCTURED = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';

// Some limit there must be (RFC 8259, 9): parsing five million levels takes seconds and a gigabyte.
const DEPTH_LIMIT = 100_000;

/** A body that should be one structured event. Throws `Problem`. */
export function structuredEvent(body: Buffer, publisher: Publisher): ReceivedEvent {
  return eventIn(body, parsed(body), publisher, '');
}

/** The elements of a batch, each parsed and with its own bytes. Throws `Problem` when the body is not an array. */
export function batchItems(body: Buffer): { bytes: Buffer; value: unknown }[] {
  const values = parsed(body);
  if (!Array.isArray(values)) throw badRequest('not-a-batch', 'A batch is a JSON array of events.');
  const ranges = elements(body);
  return values.map((value: unknown, at) => {
    const range = ranges[at];
    if (!range || ranges.length !== values.length)
      throw new Error('a batch was cut at other places than it was parsed');
    return { bytes: body.subarray(range.from, range.to), value };
  });
}

/** `at` is the pointer to the event: empty, or its place in the batch. Throws `Problem`. */
export function eventIn(bytes: Buffer, value: unknown, publisher: Publisher, at: string): ReceivedEvent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('broken-envelope', 'An event is a JSON object.', at);
  }
  const pointer = (name: string): string => `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const twice = repeatedName(bytes, value);
  if (twice !== undefined) {
    throw badRequest(
      'broken-envelope',
      'A name stands twice in the event: which one is meant?',
      pointer(twice.slice(0, 64)),
    );
  }
  const { data, data_base64: base64, ...rest } = value as Record<string, unknown>;
  const attributes = checkedAttributes(texts(rest, pointer), publisher, pointer);
  if (data !== undefined && base64 !== undefined) {
    throw badRequest('broken-envelope', 'An event has data or data_base64, not both.', pointer('data_base64'));
  }
  const type = attributes['datacontenttype'] ?? 'application/json';
  const content =
    base64 === undefined ? dataContent(data, type) : contentOf(decoded(base64, pointer('data_base64')), type);
  return { attributes, content, body: bytes, contentType: STRUCTURED };
}

function dataContent(data: unknown, type: string): EventContent {
  if (data === undefined) return undefined;
  // In structured mode data of another type than JSON stands as a string: the same bytes as in binary mode.
  return typeof data === 'string' && !isJson(type) ? { bytes: Buffer.from(data) } : { json: data };
}

function decoded(base64: unknown, pointer: string): Buffer {
  const valid =
    typeof base64 === 'string' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64);
  if (!valid) throw badRequest('broken-envelope', 'data_base64 is a string in base64.', pointer);
  return Buffer.from(base64, 'base64');
}

function texts(members: Record<string, unknown>, pointer: (name: string) => string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(members)) {
    // Unset attributes may be written as null.
    if (value === null) continue;
    if (typeof value === 'string') attributes.set(name, value);
    else if (typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value)))
      attributes.set(name, String(value));
    else
      throw badRequest(
        'broken-envelope',
        'An attribute is a string, a whole number or a boolean.',
        pointer(name.slice(0, 64)),
      );
  }
  return attributes;
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) throw badRequest('empty-body', 'The body is empty.');
  if (!isUtf8(body)) throw badRequest('malformed', 'The body is not UTF-8.');
  if (isDeeperThan(DEPTH_LIMIT, body)) {
    throw badRequest('malformed', `Nothing stands more than ${DEPTH_LIMIT} levels deep in the body.`);
  }
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    // The parser's own message quotes the body.
    throw badRequest('malformed', 'The body is not well-formed JSON.');
  }
}
