import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Occurred } from '../../kernel/fact.js';
import { dayInLondon, endOfDayLondon, timeOfDayLondon } from '../../kernel/london.js';
import type { Limit, LimitUnit } from '../../kernel/rules.js';
import { isWorkingDay } from '../../kernel/working-days.js';
import { dueOf, shifted } from './calendar.js';
import { loadRulebook } from './load-rulebook.js';

const units: LimitUnit[] = ['clock-hours', 'calendar-days', 'working-days', 'school-days', 'months'];
const { book } = loadRulebook(undefined);
const calendar = { holidays: book.holidays, schoolHolidays: book.schoolHolidays };

describe('limits as they are worked out by hand', () => {
  const text = readFileSync(new URL('worked-examples.md', import.meta.url), 'utf8');
  const examples = examplesIn(text);

  it('has at least forty of them', () => {
    expect(examples.length).toBeGreaterThanOrEqual(40);
  });

  it.each(examples)('%s from %s run out %s: %s', (limit, from, due) => {
    expect(minute(dueOf(limitOf(limit), occurredOf(from), calendar))).toBe(minute(dueTime(due)));
  });

  it('reads the table however it is written, and passes over no row of it', () => {
    const table = (row: string) => `# Words | and words\n\n|limit|from|runs out|why|\n|-|-|-|-|\n${row}\n`;
    const row = ['1 working day', '2026-11-02 09:00', 'end of 2026-11-03', 'Monday'];
    expect(examplesIn(table(`|${row.join('|')}|`))).toEqual([row]);
    expect(examplesIn(table(`| ${row.join('  |  ')} |`).replace('|-|-', '| :-- | ---'))).toEqual([row]);
    expect(() => examplesIn(table('| a working day | 2026-11-02 09:00 |'))).toThrow('a working day');
    expect(() => limitOf('one working day')).toThrow('one working day');
    expect(() => limitOf('3 workdays')).toThrow('3 workdays');
    expect(() => occurredOf('2 November, nine')).toThrow(RangeError);
    expect(() => dueTime('end of November')).toThrow(RangeError);
  });

  it('has one of each limit of the sections A and B, as a rule', () => {
    const own = book.rules.filter(({ id, limit }) => /^[AB]/.test(id) && limit);
    const named = new Set(examples.map(([limit]) => limit));
    expect(own.filter(({ id }) => !named.has(`rule ${id}`)).map(({ id }) => id)).toEqual([]);
  });
});

describe('limits of any length from any instant', () => {
  const instants = fc
    .date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const days: LimitUnit[] = ['calendar-days', 'working-days', 'school-days', 'months'];

  it('in hours are that many hours, whatever the clocks do', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 500 }), (at, amount) => {
        const due = dueOf({ amount, unit: 'clock-hours' }, { at, precision: 'instant' }, calendar);
        expect(Date.parse(due) - Date.parse(at)).toBe(amount * 3_600_000);
      }),
    );
  });

  it('in days run out with the last moment of a day that counts, and never before so many days', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), fc.constantFrom(...days), (at, amount, unit) => {
        const due = dueOf({ amount, unit }, { at, precision: 'instant' }, calendar);
        const last = dayInLondon(due);
        expect(due).toBe(endOfDayLondon(last));
        if (unit === 'working-days') expect(isWorkingDay(last, calendar.holidays)).toBe(true);
        const passed = Temporal.PlainDate.from(dayInLondon(at)).until(last).days;
        if (unit !== 'months') expect(passed).toBeGreaterThanOrEqual(amount);
      }),
    );
  });

  const years = fc.integer({ min: 2015, max: 2035 });
  const lastDay = (year: number, month: number) => Temporal.PlainYearMonth.from({ year, month }).daysInMonth;

  it('in hours from the day before the clocks change are as many hours by the clock, and an hour off by the wall', () => {
    const turns = fc.record({ year: years, month: fc.constantFrom(3, 10), hour: fc.integer({ min: 3, max: 23 }) });
    fc.assert(
      fc.property(turns, fc.integer({ min: 1, max: 6 }), ({ year, month, hour }, days) => {
        const last = Temporal.PlainDate.from({ year, month, day: lastDay(year, month) });
        const before = last.subtract({ days: (last.dayOfWeek % 7) + 1 });
        const from = timeOfDayLondon(before.toString(), `${String(hour).padStart(2, '0')}:00`);
        const due = dueOf({ amount: 24 * days, unit: 'clock-hours' }, { at: from, precision: 'instant' }, calendar);
        const wall = Temporal.Instant.from(due).toZonedDateTimeISO('Europe/London').toPlainDateTime();
        const usual = before.toPlainDateTime({ hour }).add({ days });
        expect(usual.until(wall).total('hours')).toBe(month === 3 ? 1 : -1);
      }),
    );
  });

  it('in months end on the same day of the month, or on its last where it has no such day', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), (at, amount) => {
        const from = Temporal.PlainDate.from(dayInLondon(at));
        const due = dayInLondon(dueOf({ amount, unit: 'months' }, { at, precision: 'instant' }, calendar));
        const { year, month, day } = Temporal.PlainDate.from(due);
        expect((year - from.year) * 12 + month - from.month).toBe(amount);
        expect(day).toBe(Math.min(from.day, lastDay(year, month)));
      }),
    );
  });

  it('over the end of February count the 29th in a leap year, and only then', () => {
    fc.assert(
      fc.property(years, fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 31 }), (year, from, to) => {
        const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
        const amount = 28 - from + to + (leap ? 1 : 0);
        const at = `${year}-02-${String(from).padStart(2, '0')}`;
        const due = dueOf({ amount, unit: 'calendar-days' }, { at, precision: 'date' }, calendar);
        expect(dayInLondon(due)).toBe(`${year}-03-${String(to).padStart(2, '0')}`);
      }),
    );
  });

  it('in working days pass over what an authority adds as a holiday, and over nothing else', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 40 }), (at, amount, after) => {
        const added = Temporal.PlainDate.from(dayInLondon(at)).add({ days: after }).toString();
        const own = { ...calendar, holidays: [...calendar.holidays, added] };
        const [from, limit]: [Occurred, Limit] = [
          { at, precision: 'instant' },
          { amount, unit: 'working-days' },
        ];
        const usual = dueOf(limit, from, calendar);
        const counted = isWorkingDay(added, calendar.holidays) && added <= dayInLondon(usual);
        const more = dueOf({ amount: amount + 1, unit: 'working-days' }, from, calendar);
        expect(dueOf(limit, from, own)).toBe(counted ? more : usual);
      }),
    );
  });

  it('are later for more, and count every working day once', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 40 }), fc.constantFrom(...days), (at, amount, unit) => {
        const from: Occurred = { at, precision: 'instant' };
        const [one, more] = [amount, amount + 1].map((count) => dueOf({ amount: count, unit }, from, calendar));
        expect(Date.parse(more!)).toBeGreaterThan(Date.parse(one!));
        if (unit === 'working-days' || unit === 'calendar-days') {
          const next = dueOf({ amount: 1, unit }, { at: dayInLondon(one!), precision: 'date' }, calendar);
          expect(next).toBe(more);
        }
      }),
    );
  });

  it('a warning before an instant is before it, by at least so many days', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 30 }), fc.constantFrom(...days), (at, amount, unit) => {
        const before = dayInLondon(shifted({ amount, unit }, at, -1, calendar));
        const passed = Temporal.PlainDate.from(before).until(dayInLondon(at)).days;
        expect(passed).toBeGreaterThanOrEqual(unit === 'months' ? 28 : amount);
        if (unit === 'working-days') expect(isWorkingDay(before, calendar.holidays)).toBe(true);
      }),
    );
  });
});

/** Every row of the table, its cells without the space around them. A row of fewer cells is an error, never passed over. */
function examplesIn(text: string): [string, string, string, string][] {
  const rows = text.split('\n').filter((line) => line.trim().startsWith('|'));
  return rows.slice(2).map((line) => {
    const [, limit, from, due, why, ...rest] = line.split('|').map((cell) => cell.trim());
    if (!limit || !from || !due || why === undefined || rest.length !== 1) throw new RangeError(`not a row: ${line}`);
    return [limit, from, due, why];
  });
}

/** `72 clock hours`, `1 working day`, or `rule A3`: what that rule says on any day. */
function limitOf(text: string): Limit {
  const rule = book.rules.find(({ id }) => `rule ${id}` === text);
  if (rule?.limit) return rule.limit;
  const [, amount, words = ''] = /^(\d+) ([a-z ]+)$/.exec(text) ?? [];
  const unit = units.find((one) => one.replace('-', ' ') === words.replace(/s?$/, 's'));
  if (amount === undefined || unit === undefined) throw new RangeError(`not a limit: ${text}`);
  return { amount: Number(amount), unit };
}

function occurredOf(text: string): Occurred {
  if (text.startsWith('day ')) return { at: text.slice(4), precision: 'date' };
  const [day = '', time = ''] = text.split(' ');
  return { at: timeOfDayLondon(day, time), precision: 'instant' };
}

function dueTime(text: string): string {
  if (text.startsWith('end of ')) return endOfDayLondon(text.slice(7));
  const [day = '', time = ''] = text.split(' ');
  return timeOfDayLondon(day, time);
}

const minute = (instant: string): string =>
  Temporal.Instant.from(instant).round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString();
