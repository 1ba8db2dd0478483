import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { givenNamesOf, mayBeOne } from './given-names.js';

function agree(one: string, other: string): boolean {
  const [a, b] = [givenNamesOf(one), givenNamesOf(other)];
  if (!a || !b) throw new Error('nothing is said');
  return mayBeOne(a, b);
}

describe('given names', () => {
  it.each([
    ['Rowan', 'ROWAN'],
    ['Rowan', 'Rowan James'],
    ['James', 'Rowan James'],
    ['Rob', 'Robert'],
    ['R', 'Rowan'],
    ['Rowan', 'Rowen'],
    ['Mohammed', 'Muhammad'],
    ['Mohamed Ali', 'Muhammad'],
    ['Catherine', 'Katherine'],
    ['Siân', 'Sian'],
    ['Anne-Marie', 'Annemarie'],
    ["D'Angelo", 'Dangelo'],
    ['Stephanie', 'Stefanie'],
  ])('%s and %s may be one person’s', (one, other) => {
    expect(agree(one, other)).toBe(true);
  });

  it.each([
    ['Rowan', 'Reed'],
    ['Rowan James', 'Reed James'],
    ['Jayden', 'Jaylen'],
    ['Ash', 'Bryn'],
    ['Toby', 'Tabitha'],
    ['Kit', 'Kate'],
  ])('%s and %s are two', (one, other) => {
    expect(agree(one, other)).toBe(false);
  });

  it.each([undefined, '', ' - '])('nothing is said by %j', (given) => {
    expect(givenNamesOf(given)).toBeUndefined();
  });

  it('agree with themselves, and either way round', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => givenNamesOf(text) !== undefined);
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(agree(one, one)).toBe(true);
        expect(agree(one, other)).toBe(agree(other, one));
      }),
    );
  });
});
