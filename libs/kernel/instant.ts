import { Temporal } from 'temporal-polyfill';

const ZERO = 48;
const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/**
 * True for an RFC 3339 time that exists, in the years 1 to 9999 also as UTC: the database writes no other. Temporal reads
 * more spellings: six-digit years, time zones in brackets.
 */
export function isInstant(text: string): boolean {
  if (!RFC3339.test(text) || !beginsWithDay(text)) return false;
  if (two(text, 11) > 23 || two(text, 14) > 59 || two(text, 17) > 60) return false;
  const { length } = text;
  if (!/[Zz]$/.test(text) && (two(text, length - 5) > 23 || two(text, length - 2) > 59)) return false;
  const year = yearOf(text);
  return (year > 1 && year < 9999) || /^(?!0000)\d{4}-/.test(inUtc(text));
}

/** The one spelling of an RFC 3339 time, in UTC, so that the same instant reads the same; undefined when it is none. */
export function instant(text: string): string | undefined {
  if (!isInstant(text)) return undefined;
  return isSpeltAsOurs(text) ? text : inUtc(text);
}

function inUtc(text: string): string {
  return Temporal.Instant.from(text.toUpperCase()).toString();
}

// In UTC, with no leap second, and no fraction that ends in nought: reading it would give the same, for ten times the work.
function isSpeltAsOurs(text: string): boolean {
  if (text[10] !== 'T' || !text.endsWith('Z') || two(text, 17) > 59) return false;
  return text.length === 20 || text[text.length - 2] !== '0';
}

/** True when a text that begins as `YYYY-MM-DD` begins with a day that exists. */
export function beginsWithDay(text: string): boolean {
  const day = two(text, 8);
  return day >= 1 && day <= lastDay(yearOf(text), two(text, 5));
}

const yearOf = (text: string): number => two(text, 0) * 100 + two(text, 2);

/** The number that the two digits there write. */
function two(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

/** The last day of a month, 28 to 31; 0 for a month that does not exist. */
export function lastDay(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return leap ? 29 : 28;
}
