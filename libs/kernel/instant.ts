import { Temporal } from 'temporal-polyfill';

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/**
 * True for an RFC 3339 time that exists, in the years 1 to 9999 also as UTC: the database writes no other. Temporal reads
 * more spellings: six-digit years, time zones in brackets.
 */
export function isInstant(text: string): boolean {
  if (!RFC3339.test(text)) return false;
  const part = (from: number): number => Number(text.slice(from, from + 2));
  const year = Number(text.slice(0, 4));
  const day = part(8);
  if (day < 1 || day > lastDay(year, part(5))) return false;
  if (part(11) > 23 || part(14) > 59 || part(17) > 60) return false;
  const offset = /[+-](\d\d):(\d\d)$/.exec(text);
  if (offset !== null && (Number(offset[1]) > 23 || Number(offset[2]) > 59)) return false;
  return (year > 1 && year < 9999) || /^(?!0000)\d{4}-/.test(inUtc(text));
}

/** The one spelling of an RFC 3339 time, in UTC, so that the same instant reads the same; undefined when it is none. */
export function instant(text: string): string | undefined {
  if (!isInstant(text)) return undefined;
  // Spelt as we do already: a tenth of the work of reading it.
  if (text.length === 20 && text.endsWith('Z') && spelling(text) === text) return text;
  return inUtc(text);
}

function inUtc(text: string): string {
  return Temporal.Instant.from(text.toUpperCase()).toString();
}

function spelling(text: string): string | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().replace('.000Z', 'Z');
}

/** 0 for a month that does not exist. */
function lastDay(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return leap ? 29 : 28;
}
