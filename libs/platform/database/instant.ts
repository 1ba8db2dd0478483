import { lastDay } from '../../kernel/instant.js';

// PostgreSQL counts from 2000.
const EPOCH = Date.UTC(2000, 0, 1);
const SHAPE = '0000-00-00T00:00:00';
const ZERO = 48;

/**
 * Microseconds since 2000 of an instant written as the hub writes them (RFC 3339, UTC, at most six digits of a second).
 * Undefined for one that is written otherwise, does not exist, or lies outside 1900 to 2200. Hand-made, because a batch of
 * rows holds ten thousand.
 */
function microsSince2000(text: string): number | undefined {
  const end = text.length - 1;
  if (end < SHAPE.length || text.charCodeAt(end) !== 90) return undefined;
  for (let index = 0; index < SHAPE.length; index += 1) {
    const code = text.charCodeAt(index);
    const shape = SHAPE.charCodeAt(index);
    if (shape === ZERO ? code < ZERO || code > ZERO + 9 : code !== shape) return undefined;
  }
  const fraction = fractionOf(text, end);
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const [hour, minute, second] = [two(text, 11), two(text, 14), two(text, 17)];
  if (fraction === undefined || year < 1900 || year > 2200 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (day < 1 || day > lastDay(year, month)) return undefined;
  return (Date.UTC(year, month - 1, day, hour, minute, second) - EPOCH) * 1_000 + fraction;
}

/** Writes such an instant as PostgreSQL has it in binary, 8 bytes; undefined where `microsSince2000` is. */
export function writeInstant(into: Buffer, offset: number, text: string): number | undefined {
  const micros = microsSince2000(text);
  if (micros === undefined) return undefined;
  into.writeInt32BE(Math.floor(micros / 2 ** 32), offset);
  into.writeUInt32BE(micros >>> 0, offset + 4);
  return 8;
}

function fractionOf(text: string, end: number): number | undefined {
  if (end === SHAPE.length) return 0;
  const count = end - SHAPE.length - 1;
  if (text.charCodeAt(SHAPE.length) !== 46 || count < 1 || count > 6) return undefined;
  let fraction = 0;
  for (let index = SHAPE.length + 1; index <= SHAPE.length + 6; index += 1) {
    const digit = index < end ? text.charCodeAt(index) - ZERO : 0;
    if (digit < 0 || digit > 9) return undefined;
    fraction = fraction * 10 + digit;
  }
  return fraction;
}

function two(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}
