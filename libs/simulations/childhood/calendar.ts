import { Temporal } from 'temporal-polyfill';

/** The days of the childhood, counted back from the day it is played: the children are always the age the story needs. */
export interface Calendar {
  /** `YYYY-MM-DD`, so many days before today. */
  readonly day: (daysAgo: number) => string;
  /** RFC 3339, at a time of that day, e.g. `22:40`. */
  readonly at: (daysAgo: number, time: string) => string;
  /** The birth date of someone who is so old today. */
  readonly born: (years: number, months: number) => string;
}

/** `now`: RFC 3339. */
export function calendarOf(now: string): Calendar {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO('UTC').toPlainDate();
  const day = (daysAgo: number): string => today.subtract({ days: daysAgo }).toString();
  return {
    day,
    at: (daysAgo, time) => `${day(daysAgo)}T${time}:00Z`,
    born: (years, months) => today.subtract({ years, months, days: 9 }).toString(),
  };
}
