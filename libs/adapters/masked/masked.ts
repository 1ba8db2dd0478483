import type { Message } from '../../kernel/fact.js';
import { BadPart } from '../reading/bad-part.js';
import { contentOf, type Content } from '../reading/content.js';
import { maskedJson, type JsonValue } from './masked-json.js';
import type { MaskedLine } from './masked-line.js';
import { maskedTable } from './masked-table.js';
import { maskedText } from './masked-text.js';
import { maskedXml } from './masked-xml.js';

export interface MaskedMessage {
  /** What it was read as, for a sentence: `JSON`, `a table`, `XML`, `text`, `bytes`. */
  readonly as: string;
  readonly lines: readonly MaskedLine[];
}

/**
 * A kept message as somebody may see it who may see no child: the structure around the places that are wrong, every value
 * masked to its shape. `pointers`: where, as outcomes name it. Never throws: what cannot be read is masked as text.
 */
export function maskedMessage(message: Message, pointers: readonly string[]): MaskedMessage {
  const content = contentIn(message);
  if (content.kind === 'json')
    return { as: 'JSON', lines: maskedJson(withAttributes(message, content.value as JsonValue), pointers) };
  const text = textIn(content.bytes);
  if (text === undefined) return { as: 'bytes', lines: [line(`${content.bytes.byteLength} bytes`)] };
  const json = jsonIn(text);
  if (json !== undefined) return { as: 'JSON', lines: maskedJson(withAttributes(message, json), pointers) };
  if (/^[\s\uFEFF]*</.test(text)) return { as: 'XML', lines: maskedXml(text, pointers) };
  if (content.contentType.includes('csv') || pointers.some((one) => one.startsWith('row ')))
    return { as: 'a table', lines: maskedTable(text, pointers) };
  return { as: 'text', lines: maskedText(text) };
}

const line = (value: string): MaskedLine => ({ depth: 0, name: '', value, here: true });

/** The data as it was sent; the whole body where its envelope cannot be read. */
function contentIn(message: Message): Content {
  if (/^application\/cloudevents\+json/i.test(message.contentType.trim()))
    return { kind: 'bytes', bytes: message.body, contentType: 'application/json' };
  try {
    return contentOf(message);
  } catch (error) {
    if (!(error instanceof BadPart)) throw error;
    return { kind: 'bytes', bytes: message.body, contentType: message.contentType };
  }
}

// Pointers of a canonical event begin at its envelope, of which a binary one has only the data in its body.
function withAttributes({ format, contentType, attributes }: Message, value: JsonValue): JsonValue {
  const binary = format.startsWith('hub.') && !/^application\/cloudevents\+json/i.test(contentType.trim());
  return binary ? { ...attributes, data: value } : value;
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textIn(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff || bytes[1] === 0 ? 'utf-16le' : bytes[0] === 0xfe || bytes[0] === 0 ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  // A text has no NUL in it.
  return text.slice(0, 1_000).includes('\0') ? undefined : text;
}
