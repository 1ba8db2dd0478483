import type { Value } from '../../kernel/projection.js';

/** How PostgreSQL reads one value of a type in binary. */
interface Binary {
  readonly oid: number;
  /** Bytes of one value; undefined: they differ. */
  readonly size?: number;
  /** Undefined when the value is not one that this writes: then PostgreSQL is asked to read it as text, or to refuse it. */
  readonly write: (value: Value) => Write | undefined;
}
/** Writes at an offset; a buffer is copied there. */
type Write = Uint8Array | ((into: Buffer, offset: number) => void);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/;
// PostgreSQL counts from 2000.
const EPOCH = BigInt(Date.UTC(2000, 0, 1)) * 1_000n;

const types: Readonly<Record<string, Binary>> = {
  uuid: {
    oid: 2950,
    size: 16,
    write: (value) =>
      typeof value === 'string' && UUID.test(value)
        ? (into, offset) => into.write(value.replaceAll('-', ''), offset, 'hex')
        : undefined,
  },
  timestamptz: {
    oid: 1184,
    size: 8,
    write: (value) => {
      const [, seconds, fraction = ''] = typeof value === 'string' ? (INSTANT.exec(value) ?? []) : [];
      const at = seconds === undefined ? Number.NaN : Date.parse(`${seconds}Z`);
      // A day that does not exist rolls over here; PostgreSQL refuses it, and the event is parked.
      if (seconds === undefined || Number.isNaN(at) || !new Date(at).toISOString().startsWith(seconds))
        return undefined;
      const micros = BigInt(at) * 1_000n + BigInt(fraction.padEnd(6, '0')) - EPOCH;
      return (into, offset) => into.writeBigInt64BE(micros, offset);
    },
  },
  bigint: {
    oid: 20,
    size: 8,
    write: (value) =>
      typeof value === 'bigint' && BigInt.asIntN(64, value) === value
        ? (into, offset) => into.writeBigInt64BE(value, offset)
        : undefined,
  },
  boolean: {
    oid: 16,
    size: 1,
    write: (value) =>
      typeof value === 'boolean' ? (into, offset) => into.writeUInt8(Number(value), offset) : undefined,
  },
  text: { oid: 25, write: (value) => (typeof value === 'string' ? Buffer.from(value) : undefined) },
  bytea: { oid: 17, write: (value) => (value instanceof Uint8Array ? value : undefined) },
};

/**
 * The values of one column as a parameter: an array in PostgreSQL's binary form, which neither side has to escape or parse,
 * or the plain values where this does not know the type or one of them.
 */
export function columnArray(type: string, values: readonly Value[]): Buffer | readonly Value[] {
  const binary = types[type];
  if (!binary) return values;
  const writes: (Write | null)[] = [];
  let size = 20;
  for (const value of values) {
    const write = value === null ? null : binary.write(value);
    if (write === undefined) return values;
    writes.push(write);
    size += 4 + (write === null ? 0 : write instanceof Uint8Array ? write.byteLength : (binary.size ?? 0));
  }
  return array(binary, writes, size);
}

function array({ oid, size = 0 }: Binary, writes: readonly (Write | null)[], bytes: number): Buffer {
  const into = Buffer.allocUnsafe(bytes);
  into.writeInt32BE(1, 0); // dimensions
  into.writeInt32BE(writes.includes(null) ? 1 : 0, 4);
  into.writeInt32BE(oid, 8);
  into.writeInt32BE(writes.length, 12);
  into.writeInt32BE(1, 16); // lower bound
  let offset = 20;
  for (const write of writes) {
    if (write === null) {
      offset = into.writeInt32BE(-1, offset);
    } else if (write instanceof Uint8Array) {
      offset = into.writeInt32BE(write.byteLength, offset);
      into.set(write, offset);
      offset += write.byteLength;
    } else {
      offset = into.writeInt32BE(size, offset);
      write(into, offset);
      offset += size;
    }
  }
  return into;
}
