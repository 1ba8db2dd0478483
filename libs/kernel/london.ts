import { Temporal } from 'temporal-polyfill';
import { beginsWithDay, instant } from './instant.js';

// Every date in this field is a day in England: courts, police and statutory limits all count in its local time.
const zone = 'Europe/London';

const months = 'January February March April May June July August September October November December'.split(' ');

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
  return ends.get(day) ?? endOf(day);
}

// Limits in days end with one: each is asked for child after child.
const ends = new Map<string, string>();

function endOf(day: string): string {
  const next = plainDay(day).add({ days: 1 }).toZonedDateTime(zone).toInstant();
  const end = next.subtract({ microseconds: 1 }).toString();
  if (ends.size === mostStarts) ends.clear();
  ends.set(day, end);
  return end;
}

/**
 * The instant at which London's clocks show on another day what they show at `instant`; RFC 3339 UTC. `other` answers which day, from
 * the one on which `instant` falls. A time that the clocks pass over is the hour after; one that they show twice, the first. Throws
 * `RangeError` when it is not RFC 3339.
 */
export function sameTimeLondon(instant: string, other: (day: string) => string): string {
  const local = localTime(instant);
  if (local === undefined) {
    const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
    return atLocal(other(at.toPlainDate().toString()), at.toPlainTime());
  }
  const day = other(local.slice(0, 10));
  const shown = Date.parse(`${day}T${local.slice(11, 19)}Z`);
  const offset = offsetIn(new Date(shown));
  if (offset !== undefined) {
    const at = new Date(shown - offset * MINUTE);
    // Not where the hour between reaches into a month of another offset.
    if (offsetIn(at) === offset) return withFraction(at, instant);
  }
  return atLocal(day, Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime());
}

function atLocal(day: string, time: Temporal.PlainTime): string {
  return Temporal.PlainDate.from(day).toPlainDateTime(time).toZonedDateTime(zone).toInstant().toString();
}

/** So many hours by the clock after an instant; before it, where negative; RFC 3339 UTC. Throws `RangeError` when it is not RFC 3339. */
export function hoursAfter(instant: string, hours: number): string {
  const from = wholeSeconds(instant);
  const at = new Date(from ? from.getTime() + hours * 60 * MINUTE : Number.NaN);
  // As four digits write a year; anything else is Temporal's to say.
  if (at.getUTCFullYear() > 0 && at.getUTCFullYear() < 10_000) return withFraction(at, instant);
  return Temporal.Instant.from(instant).add({ hours }).toString();
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
  return (
    localTime(instant)?.slice(0, 10) ?? Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
  );
}

/** `3 March 2026`, from `YYYY-MM-DD`. Throws `RangeError` when it is not a day. */
export function dayInWords(day: string): string {
  if (!isDay(day)) throw new RangeError('not a day written YYYY-MM-DD');
  return inWords(day);
}

/** `3 March 2026 at 14:05`, in London's time, from an RFC 3339 instant. Throws `RangeError` when it is not one. */
export function instantInWords(instant: string): string {
  const local =
    localTime(instant) ?? Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString();
  return `${inWords(local.slice(0, 10))} at ${local.slice(11, 16)}`;
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
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && beginsWithDay(text) && text > '0100';
}

// Temporal also reads other spellings (20260303, with a time, with a zone): a day has one spelling here.
function plainDay(day: string): Temporal.PlainDate {
  if (!isDay(day)) throw new RangeError('not a day written YYYY-MM-DD');
  return Temporal.PlainDate.from(day);
}

const inWords = (day: string): string =>
  `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(0, 4))}`;

const UTC = /^(?:19|[2-9]\d)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const MINUTE = 60_000;

/**
 * The time in London, as ISO 8601 without an offset, of an instant as the hub writes them; undefined for what is written in another
 * way, or falls in a month in which the clocks change. A page says hundreds, and asking for the zone costs 20 times as much.
 */
function localTime(instant: string): string | undefined {
  const at = wholeSeconds(instant);
  if (at === undefined) return undefined;
  const offset = offsetIn(at);
  return offset === undefined ? undefined : new Date(at.getTime() + offset * MINUTE).toISOString();
}

/** The second of an instant as the hub writes them; undefined for what is written in another way, or does not exist. */
function wholeSeconds(instant: string): Date | undefined {
  if (!UTC.test(instant)) return undefined;
  const at = new Date(`${instant.slice(0, 19)}Z`);
  // What does not exist is read as what comes after it, or as nothing.
  return at.getUTCDate() === Number(instant.slice(8, 10)) ? at : undefined;
}

/** Whole seconds of one instant with the fraction of another, which ends in no nought. */
const withFraction = (seconds: Date, instant: string): string =>
  `${seconds.toISOString().slice(0, 19)}${instant.slice(19, -1).replace(/\.?0+$/, '')}Z`;

const offsets = new Map<number, number | undefined>();

/** Minutes that London is ahead of UTC in the month of this instant; undefined when it changes. */
function offsetIn(at: Date): number | undefined {
  const month = at.getUTCFullYear() * 12 + at.getUTCMonth();
  if (!offsets.has(month)) {
    const [first, next] = [month, month + 1].map((one) => offsetAt(Date.UTC(Math.floor(one / 12), one % 12, 1)));
    offsets.set(month, first === next ? first : undefined);
  }
  return offsets.get(month);
}

function offsetAt(ms: number): number {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / (MINUTE * 1e6);
}
