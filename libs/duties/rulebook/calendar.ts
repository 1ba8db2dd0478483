import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import type { Occurred } from '../../kernel/fact.js';
import { endOfDayLondon, dayInLondon } from '../../kernel/london.js';
import type { Limit } from '../../kernel/rules.js';
import { isWorkingDay } from '../../kernel/working-days.js';

/** Days on which nothing counts besides weekends and bank holidays; `YYYY-MM-DD`. */
export interface Calendar {
  /** Declared since the software was made, or an authority's own closing days. */
  readonly holidays: readonly string[];
  /** First and last day of each school holiday of the area. */
  readonly schoolHolidays: readonly { readonly from: string; readonly to: string }[];
}

const zone = 'Europe/London';

/**
 * When a limit that begins with `from` runs out, RFC 3339 UTC. Clock hours run from the instant; from a day of which no time is
 * known they run from its end, the latest it can have begun. Days are days in London: the day it began is not counted, and the
 * limit runs out with the last one's last moment.
 */
export function dueOf({ amount, unit }: Limit, from: Occurred, calendar: Calendar): string {
  if (unit === 'clock-hours') {
    const start = from.precision === 'date' ? endOfDayLondon(from.at) : from.at;
    return Temporal.Instant.from(start).add({ hours: amount }).toString();
  }
  const first = Temporal.PlainDate.from(from.precision === 'date' ? from.at : dayInLondon(from.at));
  return endOfDayLondon(lastDay(first, amount, unit, calendar).toString());
}

/** So much after an instant (`sign` 1) or before it (-1): hours by the clock, days at the same time of day in London. */
export function shifted({ amount, unit }: Limit, instant: string, sign: 1 | -1, calendar: Calendar): string {
  const at = Temporal.Instant.from(instant);
  if (unit === 'clock-hours') return at.add({ hours: sign * amount }).toString();
  const local = at.toZonedDateTimeISO(zone);
  const day =
    sign === 1
      ? lastDay(local.toPlainDate(), amount, unit, calendar)
      : firstDay(local.toPlainDate(), amount, unit, calendar);
  return day.toPlainDateTime(local.toPlainTime()).toZonedDateTime(zone).toInstant().toString();
}

function lastDay(
  first: Temporal.PlainDate,
  amount: number,
  unit: Limit['unit'],
  calendar: Calendar,
): Temporal.PlainDate {
  if (unit === 'months') return first.add({ months: amount });
  return walked(first, amount, 1, unit, calendar);
}

function firstDay(
  last: Temporal.PlainDate,
  amount: number,
  unit: Limit['unit'],
  calendar: Calendar,
): Temporal.PlainDate {
  if (unit === 'months') return last.subtract({ months: amount });
  return walked(last, amount, -1, unit, calendar);
}

// The same few limits from the same days, child after child: a walk of fifteen working days costs more than all else that is derived.
const walks = new WeakMap<Calendar, LRUCache<string, Temporal.PlainDate>>();

function walked(
  from: Temporal.PlainDate,
  amount: number,
  sign: 1 | -1,
  unit: Limit['unit'],
  calendar: Calendar,
): Temporal.PlainDate {
  const known = walks.get(calendar) ?? new LRUCache<string, Temporal.PlainDate>({ max: 10_000 });
  walks.set(calendar, known);
  const asked = `${from.toString()} ${sign * amount} ${unit}`;
  const day = known.get(asked) ?? walk(from, amount, sign, counting(unit, calendar));
  known.set(asked, day);
  return day;
}

function walk(
  from: Temporal.PlainDate,
  amount: number,
  sign: 1 | -1,
  counts: (day: string) => boolean,
): Temporal.PlainDate {
  let day = from;
  for (let left = amount; left > 0;) {
    day = day.add({ days: sign });
    if (counts(day.toString())) left -= 1;
  }
  return day;
}

function counting(unit: Limit['unit'], { holidays, schoolHolidays }: Calendar): (day: string) => boolean {
  if (unit === 'calendar-days') return () => true;
  if (unit === 'working-days') return (day) => isWorkingDay(day, holidays);
  const inTerm = (day: string): boolean => !schoolHolidays.some(({ from, to }) => day >= from && day <= to);
  return (day) => isWorkingDay(day, holidays) && inTerm(day);
}
