import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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
