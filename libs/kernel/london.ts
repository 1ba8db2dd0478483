import { Temporal } from 'temporal-polyfill';
import { instant } from './instant.js';

// Every date in this field is a day in England: courts, police and statutory limits all count in its local time.
const zone = 'Europe/London';

// Made once: a page of a timeline says hundreds of times, and making one costs more than all of them.
const words = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const inWords = new Intl.DateTimeFormat('en-GB', { ...words, timeZone: 'UTC' });
const inWordsLocal = new Intl.DateTimeFormat('en-GB', { ...words, timeZone: zone });
const clockLocal = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: zone,
});

/** First instant of a day in London, RFC 3339 UTC. Throws `RangeError` when it is not a `YYYY-MM-DD` day. */
export function startOfDayLondon(day: string): string {
  return starts.get(day) ?? startOf(day);
}

// Reading a day costs as much as sealing an event, and a batch names few of them.
const starts = new Map<string, string>();
const mostStarts = 10_000;

function startOf(day: string): string {
  const start = plainDay(day).toZonedDateTime(zone).toInstant().toString();
  if (starts.size === mostStarts) starts.clear();
  starts.set(day, start);
  return start;
}

/** Last microsecond of a day in London (what PostgreSQL can tell apart), RFC 3339 UTC. Throws `RangeError` likewise. */
export function endOfDayLondon(day: string): string {
  const next = plainDay(day).add({ days: 1 }).toZonedDateTime(zone).toInstant();
  return next.subtract({ microseconds: 1 }).toString();
}

/** The instant of a time of day in London, `HH:MM`, `24:00` being the next midnight; RFC 3339 UTC. Throws `RangeError`. */
export function timeOfDayLondon(day: string, time: string): string {
  if (time === '24:00') return startOfDayLondon(dayAfter(day));
  return plainDay(day).toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).toInstant().toString();
}

/** The day after, or so many days after; before, where negative. Throws `RangeError` when it is not a day. */
export function dayAfter(day: string, days = 1): string {
  return plainDay(day).add({ days }).toString();
}

/** The day in London on which an instant falls, `YYYY-MM-DD`. Throws `RangeError` when it is not RFC 3339. */
export function dayInLondon(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** `3 March 2026`, from `YYYY-MM-DD`. Throws `RangeError` when it is not a day. */
export function dayInWords(day: string): string {
  const { year, month, day: number } = plainDay(day);
  return inWords.format(Date.UTC(year, month - 1, number));
}

/** `3 March 2026 at 14:05`, in London's time, from an RFC 3339 instant. Throws `RangeError` when it is not one. */
export function instantInWords(instant: string): string {
  const at = Temporal.Instant.from(instant).epochMilliseconds;
  return `${inWordsLocal.format(at)} at ${clockLocal.format(at)}`;
}

/**
 * The moment an `asKnownAt` means: an RFC 3339 instant, or a date, which is the end of that day in London.
 * Returned as RFC 3339 UTC; undefined when it is neither.
 */
export function asKnownAt(text: string): string | undefined {
  return isDay(text) ? endOfDayLondon(text) : instant(text);
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // As a moment it is read strictly, except that a month has 31 days: the 31st of February becomes the 3rd of March.
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(text.slice(8)) && text > '0100';
}

// Temporal also reads other spellings (20260303, with a time, with a zone): a day has one spelling here.
function plainDay(day: string): Temporal.PlainDate {
  if (!isDay(day)) throw new RangeError('not a day written YYYY-MM-DD');
  return Temporal.PlainDate.from(day);
}
