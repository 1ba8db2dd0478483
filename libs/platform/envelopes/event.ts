import canonicalize from 'canonicalize';
import type { Incoming } from '../../kernel/intake.js';
import type { Publisher } from './attributes.js';
import { isDeeperThan } from './json-ranges.js';

// Beyond, comparing as JSON costs seconds and comparing bytes does not.
const COMPARED_DEPTH = 1_000;

type Attributes = Readonly<Record<string, string>>;

/** The data of an event, as far as comparing it needs: JSON as JSON, the rest as bytes. */
export type EventContent = { readonly json: unknown } | { readonly bytes: Uint8Array } | undefined;

/** A CloudEvent that passed the door, out of any of the three modes. */
export interface ReceivedEvent {
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: EventContent;
  /** What is kept: the structured event, or the data alone in binary mode, byte for byte as sent. */
  readonly body: Uint8Array;
  readonly contentType: string;
}

export function incomingEvent(event: ReceivedEvent, publisher: Publisher, correlation: string): Incoming {
  const { attributes, content, body, contentType } = event;
  return {
    system: publisher.system,
    agency: publisher.agency,
    messageId: attributes['id'] ?? '',
    format: attributes['type'] ?? '',
    contentType,
    attributes,
    body,
    canonical: canonicalEvent(attributes, content, body),
    correlation,
  };
}

/**
 * The same for the same event in structured, binary and batch mode (RFC 8785). `application/json` is what data is when
 * nobody says, and how its media type is spelt does not matter.
 */
function canonicalEvent(attributes: Attributes, content: EventContent, body: Uint8Array): Uint8Array {
  const type = mediaType(attributes['datacontenttype'] ?? 'application/json');
  return canonical({ ...attributes, datacontenttype: type }, content, body);
}

/** RFC 8785 of attributes and JSON data; other data, and JSON that has no canonical form (1e999), by its bytes. */
export function canonical(attributes: Attributes, content: EventContent, body: Uint8Array): Uint8Array {
  if (content === undefined) return text({ attributes });
  if ('bytes' in content) return withBytes(attributes, content.bytes);
  if (isDeeperThan(COMPARED_DEPTH, body)) return withBytes(attributes, body);
  try {
    return text({ attributes, data: content.json });
  } catch {
    // Infinity or a lone surrogate: JSON that RFC 8785 has no form for. Only the very same bytes are the same.
    return withBytes(attributes, body);
  }
}

function withBytes(attributes: Attributes, bytes: Uint8Array): Uint8Array {
  return text({ attributes, bytes: Buffer.from(bytes).toString('base64') });
}

function text(value: unknown): Uint8Array {
  return Buffer.from(canonicalize(value) ?? '');
}

/** Lower case; a parameter only when it is not the default character set. */
export function mediaType(contentType: string): string {
  return contentType
    .toLowerCase()
    .replace(/\s*;\s*charset\s*=\s*"?utf-8"?/, '')
    .replaceAll(/\s+/g, '');
}

export function isJson(contentType: string): boolean {
  return /^(application|text)\/([\w!#$&^.-]+\+)?json$/.test(mediaType(contentType).split(';', 1)[0] ?? '');
}

/** JSON when the type says so and it is; the bytes otherwise. */
export function contentOf(bytes: Uint8Array, contentType: string): EventContent {
  if (bytes.byteLength === 0) return undefined;
  const json = isJson(contentType) && !isDeeperThan(COMPARED_DEPTH, bytes) ? parsed(bytes) : undefined;
  return json ?? { bytes };
}

function parsed(bytes: Uint8Array): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(utf8.decode(bytes)) as unknown };
  } catch {
    // Not JSON after all, whatever its type says: kept and compared as bytes, quarantined by the worker.
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
