import { Temporal } from 'temporal-polyfill';

/** True for Monday to Friday but bank holidays of England and Wales, `YYYY-MM-DD`. `extra`: days declared holidays besides. */
export function isWorkingDay(day: string, extra: readonly string[] = []): boolean {
  const date = Temporal.PlainDate.from(day);
  return date.dayOfWeek <= 5 && !extra.includes(day) && !bankHolidays(date.year).includes(day);
}

/** Bank holidays of England and Wales by the rules in force since 1978; single days by proclamation are not among them. */
export function bankHolidays(year: number): string[] {
  const on = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day });
  const easter = easterSunday(year);
  const monday = (date: Temporal.PlainDate) => date.add({ days: (8 - date.dayOfWeek) % 7 });
  const lastMonday = (month: number) => monday(on(month, 31).subtract({ days: 6 }));
  const christmas = on(12, 25);
  return [
    substitute(on(1, 1)),
    easter.subtract({ days: 2 }),
    easter.add({ days: 1 }),
    monday(on(5, 1)),
    lastMonday(5),
    lastMonday(8),
    // Of two that fall on a weekend the one after Christmas waits for the other's day.
    christmas.dayOfWeek >= 6 ? on(12, 27) : christmas,
    christmas.dayOfWeek === 5 ? on(12, 28) : christmas.dayOfWeek === 6 ? on(12, 28) : on(12, 26),
  ].map(String);
}

function substitute(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.dayOfWeek >= 6 ? date.add({ days: 8 - date.dayOfWeek }) : date;
}

// Meeus, Jones and Butcher: the Gregorian Easter of any year.
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 });
}
