import type { Random } from './random.js';

const ODD: readonly unknown[] = [
  null, true, 0, -1, 1e308, 2 ** 53, '', ' ', '\0', '\uD800', '__proto__', 'constructor', '2026-02-30', '0000-00-00',
  '9999-12-31T23:59:60Z', '-271821-04-20T00:00:00Z', 'NaN', '1e999', '999 000 0018', '../../x', 'row 2', 'x'.repeat(5_000), [], {}, [[]],
  { toString: 1 }, { length: 1e9 }, ['', null, {}],
]; // prettier-ignore
const FRAGMENTS = [
  '"', '""', ',', '\r\n', '\n', '\r', '\uFEFF', '<', '>', '</', '<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', '<![CDATA[', ']]>', '&#0;', '<a xmlns:b="c">',
  '{', '}', '[', ']', ':', '\\', '\\u0000', '\\ud800', 'null', '1e400', '[[[[[[[[[[', '<a><a><a><a>', '\u00e9', '\u202e',
]; // prettier-ignore

/** The bytes with something wrong, at random: in their structure where they are JSON, anywhere otherwise. */
export function mutated(bytes: Uint8Array, other: Uint8Array, random: Random): Buffer {
  const kind = random.below(10);
  const structured = kind < 5 ? inStructure(bytes, random) : undefined;
  if (structured) return structured;
  let result = Buffer.from(bytes);
  for (let times = 1 + random.below(4); times > 0; times -= 1) result = anywhere(result, other, random);
  return result;
}

function anywhere(bytes: Buffer, other: Uint8Array, random: Random): Buffer<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + random.below(random.below(2) === 0 ? 4 : 400));
  const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  switch (random.below(9)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, piece, piece, after]);
    case 2:
      return Buffer.concat([before, Buffer.from(random.of(FRAGMENTS)), piece, after]);
    case 3:
      return Buffer.concat([before, Buffer.from(random.of(FRAGMENTS)), after]);
    case 4:
      return Buffer.concat([before, Buffer.from([random.below(256)]), after]);
    case 5:
      return Buffer.from(before);
    case 6:
    case 7:
      return otherDigit(bytes, at, random);
    default:
      return Buffer.concat([before, other.subarray(random.below(other.length + 1))]);
  }
}

/** A date that does not exist, an end before its beginning, a number that does not check: one digit is enough. */
function otherDigit(bytes: Buffer, from: number, random: Random): Buffer<ArrayBuffer> {
  const result = Buffer.from(bytes);
  const at = result.subarray(from).findIndex((byte) => byte >= 0x30 && byte <= 0x39);
  if (at >= 0) result[from + at] = 0x30 + random.below(10);
  return result;
}

function inStructure(bytes: Uint8Array, random: Random): Buffer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const root = { value };
  for (let times = 1 + random.below(3); times > 0; times -= 1) change(root, random);
  return Buffer.from(JSON.stringify(root.value) ?? 'null');
}

/** Goes down at random, and puts something odd, something of its neighbours', or nothing where it stops. */
function change(root: object, random: Random): void {
  let holder: object = root;
  for (;;) {
    const names = Object.keys(holder);
    if (names.length === 0) return;
    const name = random.of(names);
    const within: unknown = Reflect.get(holder, name);
    if (typeof within === 'object' && within !== null && Object.keys(within).length > 0 && random.below(8) > 0) {
      holder = within;
      continue;
    }
    const kind = random.below(8);
    if (kind === 0 && holder !== root) Reflect.deleteProperty(holder, name);
    else if (kind === 1) Reflect.set(holder, name, [within, structuredClone(within)]);
    else if (kind === 2) Reflect.set(holder, name, { [name]: within });
    else if (kind === 3) Reflect.set(holder, name, structuredClone(Reflect.get(holder, random.of(names))));
    else if (kind === 4 && typeof within === 'string')
      Reflect.set(holder, name, mutated(Buffer.from(within), Buffer.from(name), random).toString());
    else Reflect.set(holder, name, structuredClone(random.of(ODD)));
    return;
  }
}
