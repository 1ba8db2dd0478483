import { Temporal } from 'temporal-polyfill';

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** An RFC 3339 time in UTC with one spelling, so that the same instant gives the same fact key; undefined when it is none. */
export function instant(text: string): string | undefined {
  if (!rfc3339.test(text)) return undefined;
  try {
    return Temporal.Instant.from(text.toUpperCase()).toString();
  } catch {
    return undefined;
  }
}

/** `YYYY-MM-DD` when the text is a date that exists, else undefined. */
export function isoDate(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return calendarDay(Number(year), Number(month), Number(day));
}

/** A British `dd/mm/yyyy` as `YYYY-MM-DD` when it is a date that exists, else undefined. */
export function britishDate(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return calendarDay(Number(year), Number(month), Number(day));
}

/** The day that an instant (RFC 3339) is part of in England. */
export function londonDay(at: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO('Europe/London').toPlainDate().toString();
}

function calendarDay(year: number, month: number, day: number): string | undefined {
  if (!Number.isInteger(year) || year < 1) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > Temporal.PlainYearMonth.from({ year, month }).daysInMonth)
    return undefined;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
