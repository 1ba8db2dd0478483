import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { instant, isInstant } from './instant.js';

describe('an instant', () => {
  it('is in a year that the database can write, also as UTC', () => {
    for (const text of [
      '-271821-04-20T00:00:00Z',
      '+275760-09-12T00:00:00Z',
      '-009999-01-01T00:00:00Z',
      '0000-06-01T00:00:00Z',
      '0001-01-01T00:00:00+00:01',
      '9999-12-31T23:59:59-00:01',
      '2026-06-01T12:00:00+01:00[Europe/Paris]',
      '2026-06-01T12Z',
      '2026-06-01 12:00:00Z',
    ]) {
      expect([text, isInstant(text), instant(text)]).toEqual([text, false, undefined]);
    }
  });

  it('has one spelling', () => {
    expect(instant('0001-01-01T00:00:00-00:01')).toBe('0001-01-01T00:01:00Z');
    expect(instant('9999-12-31t23:59:59.500z')).toBe('9999-12-31T23:59:59.5Z');
    expect(instant('2026-06-01T12:00:00+01:00')).toBe('2026-06-01T11:00:00Z');
    expect(instant('2026-06-01T11:00:00Z')).toBe('2026-06-01T11:00:00Z');
  });

  it('agrees with Temporal about every day, fraction and offset, and how it is spelt', () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((part) => String(part).padStart(2, '0'));
    const parts = fc.tuple(
      fc.integer({ min: 1900, max: 2100 }),
      two(13),
      two(32),
      two(25),
      two(61),
      two(62),
      fc.constantFrom('', '', '.5', '.50', '.000', '.123456789', '.1234567890'),
      fc.constantFrom('Z', 'Z', 'z', '+01:00', '-23:59', '+24:00', '+00:60'),
    );
    fc.assert(
      fc.property(parts, ([year, month, day, hour, minute, second, fraction, zone]) => {
        const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`;
        expect([text, isInstant(text), instant(text)]).toEqual([text, spelt(text) !== undefined, spelt(text)]);
      }),
      { numRuns: 2_000 },
    );
  });
});

function spelt(text: string): string | undefined {
  try {
    return Temporal.Instant.from(text.toUpperCase()).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
