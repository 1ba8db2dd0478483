import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import type { Occurred } from '../../kernel/fact.js';
import { dayInLondon, endOfDayLondon, hoursAfter, sameTimeLondon } from '../../kernel/london.js';
import type { Limit } from '../../kernel/rules.js';
import { isWorkingDay } from '../../kernel/working-days.js';

/** Days on which nothing counts besides weekends and bank holidays; `YYYY-MM-DD`. */
export interface Calendar {
  /** Declared since the software was made, or an authority's own closing days. */
  readonly holidays: readonly string[];
  /** First and last day of each school holiday of the area. */
  readonly schoolHolidays: readonly { readonly from: string; readonly to: string }[];
}

/**
 * When a limit that begins with `from` runs out, RFC 3339 UTC. Clock hours run from the instant; from a day of which no time is
 * known they run from its end, the latest it can have begun. Days are days in London: the day it began is not counted, and the
 * limit runs out with the last one's last moment.
 */
export function dueOf({ amount, unit }: Limit, from: Occurred, calendar: Calendar): string {
  const isDate = from.precision === 'date';
  if (unit === 'clock-hours') return hoursAfter(isDate ? endOfDayLondon(from.at) : from.at, amount);
  return endOfDayLondon(counted(isDate ? from.at : dayInLondon(from.at), amount, unit, calendar));
}

/** So much after an instant (`sign` 1) or before it (-1): hours by the clock, days at the same time of day in London. */
export function shifted({ amount, unit }: Limit, instant: string, sign: 1 | -1, calendar: Calendar): string {
  if (unit === 'clock-hours') return hoursAfter(instant, sign * amount);
  return sameTimeLondon(instant, (day) => counted(day, sign * amount, unit, calendar));
}

// The same few limits from the same days, child after child: a walk of fifteen working days costs more than all else that is derived.
const walks = new WeakMap<Calendar, LRUCache<string, string>>();

/** So many units after a day, or before it, `YYYY-MM-DD`. */
function counted(from: string, amount: number, unit: Limit['unit'], calendar: Calendar): string {
  const known = walks.get(calendar) ?? new LRUCache<string, string>({ max: 10_000 });
  walks.set(calendar, known);
  const asked = `${from} ${amount} ${unit}`;
  const before = known.get(asked);
  if (before !== undefined) return before;
  const first = Temporal.PlainDate.from(from);
  const day = unit === 'months' ? first.add({ months: amount }) : walk(first, amount, counting(unit, calendar));
  known.set(asked, day.toString());
  return day.toString();
}

function walk(from: Temporal.PlainDate, amount: number, counts: (day: string) => boolean): Temporal.PlainDate {
  let day = from;
  for (let left = Math.abs(amount); left > 0;) {
    day = day.add({ days: Math.sign(amount) });
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
