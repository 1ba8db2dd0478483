import type { Value } from '../../kernel/projection.js';
import { writeInstant } from '../database/instant.js';
import { writeUuid } from '../database/uuid.js';
import type { Row } from './changes.js';

/** How PostgreSQL takes one type in binary. */
interface Binary {
  readonly oid: number;
  /** The most bytes this value can take; undefined when it is not one that this can write. */
  readonly most: (value: Value) => number | undefined;
  /** Returns the bytes written; undefined when it turns out not to be writable. */
  readonly write: (into: Buffer, offset: number, value: Value) => number | undefined;
}

const types: Readonly<Record<string, Binary>> = {
  uuid: {
    oid: 2950,
    most: () => 16,
    write: (into, offset, value) => (typeof value === 'string' ? writeUuid(into, offset, value) : undefined),
  },
  text: {
    oid: 25,
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    most: (value) => (typeof value === 'string' ? value.length * 3 : undefined),
    write: (into, offset, value) => (typeof value === 'string' ? into.write(value, offset) : undefined),
  },
  bytea: {
    oid: 17,
    most: (value) => (value instanceof Uint8Array ? value.byteLength : undefined),
    write: (into, offset, value) => {
      if (!(value instanceof Uint8Array)) return undefined;
      into.set(value, offset);
      return value.byteLength;
    },
  },
  timestamptz: {
    oid: 1184,
    most: () => 8,
    write: (into, offset, value) => (typeof value === 'string' ? writeInstant(into, offset, value) : undefined),
  },
  bigint: {
    oid: 20,
    most: () => 8,
    write: (into, offset, value) => {
      if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) return undefined;
      into.writeBigInt64BE(value, offset);
      return 8;
    },
  },
  boolean: {
    oid: 16,
    most: () => 1,
    write: (into, offset, value) => {
      if (typeof value !== 'boolean') return undefined;
      into[offset] = value ? 1 : 0;
      return 1;
    },
  },
};

export type Columns = readonly (readonly [name: string, type: string])[];

/**
 * Rows as one parameter: an array of the table's row type in PostgreSQL's binary form, which takes it apart in a third of
 * the time that an array for each column takes. Undefined where a type or a value is not known here.
 *
 * `rowType` is the object id of the row type; `columns` are in the table's order.
 */
export function rowArray(rowType: bigint, columns: Columns, rows: readonly Row[]): Buffer | undefined {
  const known = columns.flatMap(([name, type]) => {
    const binary = types[type];
    return binary ? [{ name, binary }] : [];
  });
  if (known.length < columns.length) return undefined;
  let array = Buffer.allocUnsafe(64 * 1_024 + rows.length * 1_024);
  array.writeInt32BE(1, 0); // dimensions
  array.writeInt32BE(0, 4); // no row is null
  array.writeUInt32BE(Number(rowType), 8);
  array.writeInt32BE(rows.length, 12);
  array.writeInt32BE(1, 16); // lower bound
  let offset = 20;
  for (const row of rows) {
    const start = offset;
    offset += 8;
    for (const { name, binary } of known) {
      const value = row[name] ?? null;
      const most = value === null ? 0 : binary.most(value);
      if (most === undefined) return undefined;
      if (offset + most + 16 > array.length) array = Buffer.concat([array], array.length * 2 + most);
      array.writeInt32BE(binary.oid, offset);
      const size = value === null ? -1 : binary.write(array, offset + 8, value);
      if (size === undefined) return undefined;
      array.writeInt32BE(size, offset + 4);
      offset += 8 + Math.max(0, size);
    }
    array.writeInt32BE(offset - start - 4, start);
    array.writeInt32BE(known.length, start + 4);
  }
  return array.subarray(0, offset);
}
