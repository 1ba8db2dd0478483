import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';

const england = new Holidays('GB', 'ENG');
const years = new Map<number, readonly string[]>();

/** True for Monday to Friday but bank holidays of England, `YYYY-MM-DD`. `extra`: days declared holidays besides. */
export function isWorkingDay(day: string, extra: readonly string[] = []): boolean {
  const date = Temporal.PlainDate.from(day);
  return date.dayOfWeek <= 5 && !extra.includes(day) && !bankHolidays(date.year).includes(day);
}

/** Bank holidays of England that fall on a working day of the week, also single ones by proclamation, `YYYY-MM-DD`. */
export function bankHolidays(year: number): readonly string[] {
  const known = years.get(year);
  if (known) return known;
  const days = england
    .getHolidays(year)
    .filter(({ type, date }) => type === 'public' && Temporal.PlainDate.from(date.slice(0, 10)).dayOfWeek <= 5)
    .map(({ date }) => date.slice(0, 10));
  years.set(year, days);
  return days;
}
