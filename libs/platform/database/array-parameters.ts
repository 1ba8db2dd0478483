/** Types whose binary form is the bytes themselves. */
const OID = { bytea: 17, text: 25, json: 114 } as const;

/**
 * A one-dimensional PostgreSQL array in its binary form; text is written as UTF-8. pg sends a Buffer as it is, so nothing
 * is escaped or turned into hexadecimal on the way, as pg does with arrays of its own (measured in docs/adr/0004).
 */
export function binaryArray(type: keyof typeof OID, elements: readonly (Uint8Array | string | null)[]): Buffer {
  return encoded(type, elements, 'utf8');
}

/** A `bytea[]` of bytes that are at hand as hexadecimal text. */
export function hexArray(elements: readonly (string | null)[]): Buffer {
  return encoded('bytea', elements, 'hex');
}

/** An array of values that need no quoting: numbers, booleans, UUIDs, RFC 3339 instants, our own codes. Shorter work than binary for both sides. */
export function plainArray(elements: readonly (number | boolean | string | null)[]): string {
  return `{${elements.map((element) => element ?? 'null').join(',')}}`;
}

function encoded(
  type: keyof typeof OID,
  elements: readonly (Uint8Array | string | null)[],
  encoding: 'utf8' | 'hex',
): Buffer {
  const size = elements.reduce((sum, element) => sum + 4 + sizeOf(element, encoding), 20);
  const array = Buffer.allocUnsafe(size);
  array.writeInt32BE(1, 0); // dimensions
  array.writeInt32BE(elements.includes(null) ? 1 : 0, 4);
  array.writeInt32BE(OID[type], 8);
  array.writeInt32BE(elements.length, 12);
  array.writeInt32BE(1, 16); // lower bound
  let offset = 20;
  for (const element of elements) {
    const start = offset + 4;
    let length = -1;
    if (typeof element === 'string') length = array.write(element, start, encoding);
    else if (element !== null) {
      length = element.byteLength;
      array.set(element, start);
    }
    array.writeInt32BE(length, offset);
    offset = start + Math.max(length, 0);
  }
  return array;
}

function sizeOf(element: Uint8Array | string | null, encoding: 'utf8' | 'hex'): number {
  if (element === null) return 0;
  return typeof element === 'string' ? Buffer.byteLength(element, encoding) : element.byteLength;
}
