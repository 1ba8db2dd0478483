import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  asKnownAt,
  dayAfter,
  dayInLondon,
  dayInWords,
  endOfDayLondon,
  hoursAfter,
  instantInWords,
  isDay,
  sameTimeLondon,
  startOfDayLondon,
} from './london.js';

describe('a day in London', () => {
  it.each([
    ['2026-01-15', '2026-01-15T00:00:00Z', '2026-01-15T23:59:59.999999Z'],
    ['2026-07-15', '2026-07-14T23:00:00Z', '2026-07-15T22:59:59.999999Z'],
    // Clocks go forward: a day of 23 hours.
    ['2026-03-29', '2026-03-29T00:00:00Z', '2026-03-29T22:59:59.999999Z'],
    // Clocks go back: a day of 25 hours.
    ['2026-10-25', '2026-10-24T23:00:00Z', '2026-10-25T23:59:59.999999Z'],
  ])('%s runs from %s to %s', (day, start, end) => {
    expect(startOfDayLondon(day)).toBe(start);
    expect(endOfDayLondon(day)).toBe(end);
    expect(dayInLondon(start)).toBe(day);
    expect(dayInLondon(end)).toBe(day);
  });

  it('refuses what is not a day', () => {
    for (const text of ['2026-02-29', '2026-13-01', '20260101', '2026-1-1', 'tomorrow', '', '2026-01-01T00:00:00Z']) {
      expect(isDay(text)).toBe(false);
      expect(() => endOfDayLondon(text)).toThrow(RangeError);
    }
    expect(isDay('2024-02-29')).toBe(true);
  });

  it('is told in words, in local time', () => {
    expect(dayInWords('2026-03-03')).toBe('3 March 2026');
    expect(instantInWords('2026-07-01T22:30:59.999Z')).toBe('1 July 2026 at 23:30');
    expect(instantInWords('2026-12-31T23:30:00+00:00')).toBe('31 December 2026 at 23:30');
  });
});

describe('an instant in words', () => {
  const day = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'Europe/London',
  });
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Europe/London',
  });
  const from = Date.UTC(1890, 0, 1);
  const to = Date.UTC(2100, 0, 1);

  it('is what the clocks of London say, in any year', () => {
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), (at) => {
        expect(instantInWords(new Date(at).toISOString())).toBe(`${day.format(at)} at ${clock.format(at)}`);
      }),
      { numRuns: 500 },
    );
  });

  it('is so around every hour at which they change, or may', () => {
    for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2028, 0, 1); at += 30 * 60_000) {
      const [month, date] = [new Date(at).getUTCMonth(), new Date(at).getUTCDate()];
      if (date !== 1 && (![2, 9].includes(month) || date < 24)) continue;
      const instant = new Date(at).toISOString();
      expect(`${instantInWords(instant)} ${dayInLondon(instant)}`).toBe(
        `${day.format(at)} at ${clock.format(at)} ${new Date(at + offset(at)).toISOString().slice(0, 10)}`,
      );
    }
  });

  it('is of one spelling as of another', () => {
    for (const [one, other] of [
      ['2026-06-30T23:30:00.999999Z', '2026-07-01T00:30:00+01:00'],
      ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59Z'],
      ['2026-06-30T23:59:60Z', '2026-06-30T23:59:59Z'],
    ] as const) {
      expect(instantInWords(one)).toBe(instantInWords(other));
      expect(dayInLondon(one)).toBe(dayInLondon(other));
    }
  });

  it('is refused where there is no such time', () => {
    for (const text of ['2026-02-30T12:00:00Z', '2026-06-30T24:00:00Z', '2026-06-30', '', 'today']) {
      expect(() => instantInWords(text)).toThrow(RangeError);
      expect(() => dayInLondon(text)).toThrow(RangeError);
    }
  });

  function offset(at: number): number {
    const hours = Number(clock.format(at).slice(0, 2)) - new Date(at).getUTCHours();
    return ((hours + 24) % 24) * 3_600_000;
  }
});

describe('the same time of day on another day, and hours after', () => {
  // Around the hours at which clocks change or a month ends, of any fraction and in either spelling of the zone.
  const edges = fc
    .tuple(
      fc.integer({ min: 1900, max: 2100 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom('01', '28', '29', '31'),
    )
    .map(([year, month, day]) => Date.parse(`${year}-${String(month).padStart(2, '0')}-${day}T00:00:00Z`))
    .filter((at) => !Number.isNaN(at))
    .chain((at) => fc.integer({ min: -7_200, max: 93_600 }).map((seconds) => at + seconds * 1_000));
  const anywhere = fc.integer({ min: Date.UTC(1890, 0, 1), max: Date.UTC(2100, 0, 1) });
  const instants = fc
    .tuple(
      fc.oneof(edges, anywhere),
      fc.constantFrom('', '.5', '.000', '.120', '.999999', '.123456789'),
      fc.constantFrom('Z', '+00:00'),
    )
    .map(([at, fraction, end]) => `${new Date(at).toISOString().slice(0, 19)}${fraction}${end}`);

  it('is what its clocks show, whatever they do between', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -400, max: 400 }), (at, days) => {
        const local = Temporal.Instant.from(at).toZonedDateTimeISO('Europe/London');
        const then = local.toPlainDateTime().add({ days }).toZonedDateTime('Europe/London');
        expect(sameTimeLondon(at, (day) => dayAfter(day, days))).toBe(then.toInstant().toString());
      }),
      { numRuns: 2_000 },
    );
  });

  it('is so for every hour around a change, from and to it', () => {
    for (let at = Date.UTC(2026, 2, 28); at < Date.UTC(2026, 3, 2); at += 30 * 60_000) {
      for (const from of [at, at + 210 * 86_400_000]) {
        for (const days of [-1, 1, 31]) {
          const instant = new Date(from).toISOString();
          const local = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London').toPlainDateTime();
          const then = local.add({ days }).toZonedDateTime('Europe/London').toInstant();
          expect(sameTimeLondon(instant, (day) => dayAfter(day, days))).toBe(then.toString());
        }
      }
    }
  });

  it('hours are hours, to the fraction', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -500, max: 500 }), (at, hours) => {
        expect(hoursAfter(at, hours)).toBe(Temporal.Instant.from(at).add({ hours }).toString());
      }),
    );
    expect(hoursAfter('9999-12-31T23:00:00Z', 2)).toBe('+010000-01-01T01:00:00Z');
  });

  it('are refused of what is no instant', () => {
    for (const text of ['2026-02-30T12:00:00Z', '2026-06-30T24:00:00Z', '2026-06-30', '', 'today']) {
      expect(() => sameTimeLondon(text, (day) => day)).toThrow(RangeError);
      expect(() => hoursAfter(text, 1)).toThrow(RangeError);
    }
  });
});

describe('asKnownAt', () => {
  it('takes a date as the end of that day in London', () => {
    expect(asKnownAt('2026-06-01')).toBe('2026-06-01T22:59:59.999999Z');
  });

  it('takes an RFC 3339 instant as it is, in UTC', () => {
    expect(asKnownAt('2026-06-01T12:00:00+01:00')).toBe('2026-06-01T11:00:00Z');
    expect(asKnownAt('2026-06-01T11:00:00.123456Z')).toBe('2026-06-01T11:00:00.123456Z');
  });

  it('takes nothing else', () => {
    for (const text of ['', 'yesterday', '2026-02-30', '2026-06-01T12:00:00', '12:00', '2026']) {
      expect(asKnownAt(text)).toBeUndefined();
    }
  });
});
