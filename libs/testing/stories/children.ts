import fc from 'fast-check';
import { testNhsNumber, testPncId, type Simulated } from '../../simulations/people.js';

/** A child of a story, with every number that an agency might know it by. */
export interface Child extends Simulated {
  readonly serial: number;
  readonly nhsNumber: string;
  readonly pncId: string;
  readonly crn: string;
  readonly nomsNumber: string;
}

export const children = [11, 22, 33].map((serial, at): Child => ({
  serial,
  givenNames: ['Ash', 'Bryn', 'Cove'][at] ?? '',
  familyName: ['Alder', 'Birch', 'Cedar'][at] ?? '',
  birthDate: `2011-0${at + 1}-14`,
  nhsNumber: testNhsNumber(serial),
  pncId: testPncId(2025, serial),
  crn: `X0000${serial}`,
  nomsNumber: `A00${serial}AA`,
}));

export const who = fc.constantFrom(...children);

/** The numbers that a source gives with what it says: some of the child's, or, by mistake, one of another's. */
export type Numbers = Readonly<Partial<Pick<Child, 'nhsNumber' | 'pncId'>>>;

/** Draws, of a child that is chosen later, which numbers are given. */
export const given = fc.constantFrom('none', 'nhs', 'nhs', 'pnc', 'both', 'other');

export function numbersOf(child: Child, which: string): Numbers {
  const { nhsNumber, pncId } = child;
  const other = children[(children.indexOf(child) + 1) % children.length] ?? child;
  if (which === 'other') return { nhsNumber: other.nhsNumber };
  return {
    ...(which === 'nhs' || which === 'both' ? { nhsNumber } : {}),
    ...(which === 'pnc' || which === 'both' ? { pncId } : {}),
  };
}

/** The child at a place of a list, round and round. */
export function childAt(place: number): Child {
  const child = children[place % children.length];
  if (!child) throw new RangeError('a story has children');
  return child;
}
