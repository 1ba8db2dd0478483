import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameTokens, queryTokens } from './name-tokens.js';

function finds(query: string, given: string | undefined, family: string | undefined): boolean {
  const index = nameTokens(given, family);
  const words = queryTokens(query);
  return words.length > 0 && words.every((word) => index.has(word));
}

describe('a search by name', () => {
  it.each(['ma', 'MARY', 'mary okaf', 'okafor mary', 'Máry', 'ann'])('%s finds Mary Ann Okafor', (query) => {
    expect(finds(query, 'Mary Ann', 'Okafor')).toBe(true);
  });

  it.each(['ary', 'mary smith', 'maryann', ''])('%s does not', (query) => {
    expect(finds(query, 'Mary Ann', 'Okafor')).toBe(false);
  });

  it.each([
    ["o'brien", 'O’Brien'],
    ['obrien', "O'Brien"],
    ['brien', "O'Brien"],
    ['jones', 'Smith-Jones'],
    ['smith-jones', 'Smith-Jones'],
    ['smithjones', 'Smith-Jones'],
    ['zolc', 'Żółć'],
    ['gross', 'Groß'],
    ['ibrahim', 'İbrahim'],
    ['bjorn', 'Bjørn'],
  ])('%s finds %s', (query, family) => expect(finds(query, undefined, family)).toBe(true));

  it('asks for nothing when nothing usable was typed', () => {
    expect(queryTokens(" - ' a . ")).toEqual([]);
    expect(nameTokens(undefined, undefined).size).toBe(0);
  });

  it('finds any name by its own spelling, and is bounded', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (given, family) => {
          const index = nameTokens(given, family);
          for (const word of [...queryTokens(family), ...queryTokens(given)]) expect(index.has(word)).toBe(true);
          for (const token of index) expect([...token].length).toBeGreaterThan(1);
          expect(index.size).toBeLessThanOrEqual(2 * 24 * 15);
        },
      ),
    );
  });
});
