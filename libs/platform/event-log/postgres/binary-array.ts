/** Types whose binary form is the bytes themselves. */
const OID = { bytea: 17, text: 25, json: 114 } as const;

/**
 * A one-dimensional PostgreSQL array in its binary form. pg sends a Buffer as it is, so nothing is escaped or turned
 * into hexadecimal on the way, as pg does with arrays of its own (measured in docs/adr/0004).
 */
export function binaryArray(type: keyof typeof OID, elements: readonly Uint8Array[]): Buffer {
  const size = elements.reduce((sum, { byteLength }) => sum + 4 + byteLength, 20);
  const array = Buffer.allocUnsafe(size);
  array.writeInt32BE(1, 0); // dimensions
  array.writeInt32BE(0, 4); // no nulls
  array.writeInt32BE(OID[type], 8);
  array.writeInt32BE(elements.length, 12);
  array.writeInt32BE(1, 16); // lower bound
  let offset = 20;
  for (const element of elements) {
    offset = array.writeInt32BE(element.byteLength, offset);
    array.set(element, offset);
    offset += element.byteLength;
  }
  return array;
}
