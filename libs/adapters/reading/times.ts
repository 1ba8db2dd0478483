import { Temporal } from 'temporal-polyfill';
import { isDay } from '../../kernel/london.js';

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** An RFC 3339 time in UTC with one spelling, so that the same instant gives the same fact key; undefined when it is none. */
export function instant(text: string): string | undefined {
  if (!rfc3339.test(text)) return undefined;
  // Spelt as we do already: a tenth of the work of reading it. (Also refuses 24:00 and the 31st of February, which are read below.)
  if (text.length === 20 && text.endsWith('Z') && spelling(text) === text) return text;
  try {
    return Temporal.Instant.from(text.toUpperCase()).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function spelling(text: string): string | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().replace('.000Z', 'Z');
}

/** `YYYY-MM-DD` when the text is a day that exists, else undefined. */
export function isoDate(text: string): string | undefined {
  return isDay(text) ? text : undefined;
}

/** A British `dd/mm/yyyy` as `YYYY-MM-DD` when it is a day that exists, else undefined. */
export function britishDate(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return isoDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
