import { dayAfter, dayInLondon, startOfDayLondon, timeOfDayLondon } from '../../../libs/kernel/london.js';
import { isWorkingDay } from '../../../libs/kernel/working-days.js';
import type { DutyDay } from './duty-rows.js';

/** The duty day that `now` (milliseconds since the epoch) falls in. Office hours: `HH:MM-HH:MM` in London. */
export function dutyDay(
  now: number,
  officeHours: string,
): DutyDay & { readonly day: string; readonly inHours: boolean } {
  const at = new Date(now).toISOString();
  const day = dayInLondon(at);
  const [from = '', to = ''] = officeHours.split('-');
  const open = Date.parse(timeOfDayLondon(day, from)) <= now && now < Date.parse(timeOfDayLondon(day, to));
  return {
    day,
    now: at,
    today: startOfDayLondon(day),
    tomorrow: startOfDayLondon(dayAfter(day)),
    overnight: timeOfDayLondon(lastWorkingDay(day), to),
    inHours: open && isWorkingDay(day),
  };
}

// On a Monday what happened since Friday evening is still to be looked at.
function lastWorkingDay(day: string): string {
  const before = dayAfter(day, -1);
  return isWorkingDay(before) ? before : lastWorkingDay(before);
}
