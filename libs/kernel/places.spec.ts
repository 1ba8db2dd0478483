import { expect, it } from '@jest/globals';
import { authorityOf, forceOf, placeName } from './places.js';

it.each([
  ['Derby', 'E06000015'],
  ['derby city council', 'E06000015'],
  ['e06000015', 'E06000015'],
  // Counties around a city are authorities of their own.
  ['Derbyshire', 'Derbyshire'],
  ['Leicestershire County Council', 'Leicestershire County Council'],
  ['Fernhill', 'Fernhill'],
  ['', ''],
])('"%s" is the authority "%s"', (said, code) => {
  expect(authorityOf(said)).toBe(code);
});

it('a force is known by the authority that it polices', () => {
  expect([forceOf('Coventry'), forceOf('E06000016'), forceOf('Derbyshire')]).toEqual(['20', '33', '']);
  expect([placeName('20'), placeName('E06000015'), placeName('43')]).toEqual([
    ...['force 20, Coventry', 'Derby', 'force 43'],
  ]);
});
