import { dayAfter, dayInLondon, timeOfDayLondon } from '../kernel/london.js';
import { isWorkingDay } from '../kernel/working-days.js';
import type { Cadence } from './cadence.js';

/** Times, in milliseconds since the epoch, when the hub itself was away: nobody's silence. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

const HOUR = 3_600_000;
// A source of which nothing is expected for so long is not one that has a cadence.
const FURTHEST_DAYS = 400;

/**
 * When a source that was heard at `heard` is silent, if nothing comes: the instant at which so much of the time in which it
 * is expected has gone by as its cadence allows. Both in milliseconds since the epoch. Infinity: never.
 */
export function silentFrom(
  heard: number,
  cadence: Cadence,
  outages: readonly Outage[] = [],
  holidays: readonly string[] = [],
): number {
  let left = cadence.silentAfterHours * HOUR;
  const first = dayInLondon(new Date(heard).toISOString());
  for (let days = 0, day = first; days < FURTHEST_DAYS; days += 1, day = dayAfter(day)) {
    if (cadence.days === 'working-days' && !isWorkingDay(day, holidays)) continue;
    const open = Math.max(heard, Date.parse(timeOfDayLondon(day, cadence.from)));
    for (const [from, to] of between(open, Date.parse(timeOfDayLondon(day, cadence.to)), outages)) {
      if (to - from >= left) return from + left;
      left -= to - from;
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** The parts of a span in which the hub was there, in order. */
function between(from: number, to: number, outages: readonly Outage[]): [from: number, to: number][] {
  const parts: [number, number][] = [];
  let at = from;
  for (const outage of outages.toSorted((one, other) => one.from - other.from)) {
    if (outage.from > at && at < to) parts.push([at, Math.min(outage.from, to)]);
    at = Math.max(at, outage.to);
  }
  if (at < to) parts.push([at, to]);
  return parts;
}
