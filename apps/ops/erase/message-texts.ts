import { isUtf8 } from 'node:buffer';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Envelope } from '../../../libs/platform/intake/postgres/envelope.js';

// Deeper than any message of the catalogue: what looks deeper is not one.
const DEEPEST = 20;

/**
 * All that a person could read in a message, however it is packed: its bytes as text, its attributes, the values of its
 * JSON, and the strings of protobuf and base64 inside.
 */
export function textsOf({ body, attributes }: Pick<Envelope, 'body' | 'attributes'>): string[] {
  const text = textIn(body);
  return [...Object.values(attributes), text, ...valuesIn(jsonIn(text)), ...stringsIn(body)];
}

// A file from an older system is in Latin-1, which any bytes are.
function textIn(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function valuesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    name === 'data_base64' && typeof inside === 'string'
      ? textsOf({ body: Buffer.from(inside, 'base64'), attributes: {} })
      : valuesIn(inside),
  );
}

/** The strings of a protobuf message whose schema is not known: what is delimited is a string, a message, or both. */
function stringsIn(bytes: Uint8Array, depth = 0): string[] {
  const reader = new BinaryReader(bytes);
  const strings: string[] = [];
  try {
    while (reader.pos < reader.len && depth < DEEPEST) {
      const [field, wireType] = reader.tag();
      if (wireType !== WireType.LengthDelimited) reader.skip(wireType, field);
      else {
        const inside = reader.bytes();
        strings.push(textIn(inside), ...stringsIn(inside, depth + 1));
      }
    }
  } catch (error) {
    // The reader throws plain errors: these bytes are no protobuf, or not from here on.
    if (error instanceof Error) return strings;
    throw error;
  }
  return strings;
}
