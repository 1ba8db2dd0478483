import type { Value } from '../../kernel/projection.js';

/** Types whose text needs no quoting, once it looks like one of theirs. What does not is left to PostgreSQL to read or refuse. */
const plain: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/,
  bigint: /^-?\d{1,19}$/,
  integer: /^-?\d{1,10}$/,
  boolean: /^(true|false)$/,
};

/** Types that go in binary: their text would have to be escaped here and parsed there. Object ids of PostgreSQL's own. */
const binary: Readonly<Record<string, number>> = { text: 25, bytea: 17 };

/**
 * The values of one column as one parameter, cheap for both sides (half the time of a rebuild went into this); or the
 * values themselves, for pg to make an array of, where this does not know the type or one of them.
 */
export function columnArray(type: string, values: readonly Value[]): string | Buffer | readonly Value[] {
  const pattern = plain[type];
  if (pattern) return plainArray(pattern, values) ?? values;
  const oid = binary[type];
  return oid === undefined ? values : (binaryArray(oid, values) ?? values);
}

function plainArray(pattern: RegExp, values: readonly Value[]): string | undefined {
  const texts: string[] = [];
  for (const value of values) {
    if (value === null) {
      texts.push('NULL');
      continue;
    }
    const text = String(value);
    if (!pattern.test(text)) return undefined;
    texts.push(text);
  }
  return `{${texts.join(',')}}`;
}

const HEADER = 20;

function binaryArray(oid: number, values: readonly Value[]): Buffer | undefined {
  let size = HEADER + 4 * values.length;
  for (const value of values) {
    if (typeof value === 'string') size += Buffer.byteLength(value);
    else if (value instanceof Uint8Array) size += value.byteLength;
    else if (value !== null) return undefined;
  }
  const array = Buffer.allocUnsafe(size);
  array.writeInt32BE(1, 0); // dimensions
  array.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  array.writeInt32BE(oid, 8);
  array.writeInt32BE(values.length, 12);
  array.writeInt32BE(1, 16); // lower bound
  let offset = HEADER;
  for (const value of values) offset = writeValue(array, offset, value);
  return array;
}

// A length, then the bytes; -1 for null.
function writeValue(array: Buffer, offset: number, value: Value): number {
  const start = offset + 4;
  if (typeof value === 'string') {
    const length = array.write(value, start);
    array.writeInt32BE(length, offset);
    return start + length;
  }
  if (value instanceof Uint8Array) {
    array.writeInt32BE(value.byteLength, offset);
    array.set(value, start);
    return start + value.byteLength;
  }
  array.writeInt32BE(-1, offset);
  return start;
}
