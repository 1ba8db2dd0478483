import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isInstant } from './instant.js';
import { elements, isDeeperThan, repeatedName } from './json-ranges.js';

// Spaces, quotes, brackets and commas everywhere, inside strings and out.
const json = fc.tuple(fc.array(fc.jsonValue()), fc.constantFrom('', ' ', '\n\t')).map(([values, space]) => ({
  values,
  text: `${space}[${space}${values.map((value) => JSON.stringify(value, null, space)).join(`${space},${space}`)}${space}]${space}`,
}));

describe('cutting JSON', () => {
  it('gives each element of an array its own bytes', () => {
    fc.assert(
      fc.property(json, ({ values, text }) => {
        const bytes = Buffer.from(text);
        const cut = elements(bytes).map(({ from, to }) => bytes.subarray(from, to).toString());
        expect(cut.map((element) => JSON.parse(element) as unknown)).toEqual(JSON.parse(JSON.stringify(values)));
        expect(cut.every((element) => element === element.trim())).toBe(true);
      }),
    );
  });

  it('finds the name that stands twice, and none where none does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (object, at) => {
        const text = JSON.stringify(object);
        expect(repeatedName(Buffer.from(text), JSON.parse(text) as object)).toBeUndefined();
        const names = Object.keys(object);
        const name = names[at % names.length];
        if (name === undefined) return;
        const twice = `{${JSON.stringify(name)} : [","],${text.slice(1)}`;
        expect(repeatedName(Buffer.from(twice), JSON.parse(twice) as object)).toBe(name);
      }),
    );
  });

  it('measures depth by brackets outside of strings', () => {
    const nested = (depth: number): Buffer => Buffer.from(`${'[{"[[[":'.repeat(depth)}1${'}]'.repeat(depth)}`);
    expect([isDeeperThan(20, nested(10)), isDeeperThan(19, nested(10))]).toEqual([false, true]);
  });
});

describe('isInstant', () => {
  it('agrees with Temporal about every day and offset', () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((part) => String(part).padStart(2, '0'));
    const parts = fc.tuple(
      fc.integer({ min: 1900, max: 2100 }),
      two(13),
      two(32),
      two(25),
      two(61),
      two(62),
      fc.constantFrom('Z', 'z', '+01:00', '-23:59', '+24:00', '+00:60'),
    );
    fc.assert(
      fc.property(parts, ([year, month, day, hour, minute, second, zone]) => {
        const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
        expect([text, isInstant(text)]).toEqual([text, known(text)]);
      }),
      { numRuns: 2_000 },
    );
  });
});

function known(text: string): boolean {
  try {
    Temporal.Instant.from(text.toUpperCase());
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
