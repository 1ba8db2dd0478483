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

const { book } = loadRulebook(undefined);
const calendar = { holidays: book.holidays, schoolHolidays: book.schoolHolidays };

describe('limits as they are worked out by hand', () => {
  const text = readFileSync(new URL('worked-examples.md', import.meta.url), 'utf8');
  const examples = text
    .split('\n')
    .filter((line) => /^\|\d/.test(line))
    .map((line) => line.split('|').slice(1, 5) as [string, string, string, string]);

  it('has at least forty of them', () => {
    expect(examples.length).toBeGreaterThanOrEqual(40);
  });

  it.each(examples)('%s from %s run out %s: %s', (limit, from, due) => {
    expect(minute(dueOf(limitOf(limit), occurredOf(from), calendar))).toBe(minute(dueTime(due)));
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

function limitOf(text: string): Limit {
  const [amount = '', ...words] = text.split(' ');
  return { amount: Number(amount), unit: words.join('-') as LimitUnit };
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
