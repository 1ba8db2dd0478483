import { dayAfter, dayInLondon, timeOfDayLondon } from '../kernel/london.js';
import { isWorkingDay } from '../kernel/working-days.js';

const TIME = '08:00';

/** When what can wait is told together: the next 08:00 in London of a working day, at or after an instant. RFC 3339. */
export function digestAt(raisedAt: string): string {
  const raised = Date.parse(raisedAt);
  let day = dayInLondon(raisedAt);
  while (!isWorkingDay(day) || Date.parse(timeOfDayLondon(day, TIME)) < raised) day = dayAfter(day);
  return timeOfDayLondon(day, TIME);
}
