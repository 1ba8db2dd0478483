import { testNhsNumber, testPncId, type Simulated } from '../people.js';
import type { Calendar } from './calendar.js';

/** Kit's prisoner number. Probation is the first to say whose it is. */
export const nomsNumber = 'A7101KF';

export interface Cast {
  /** The child the story is about: open to Casey Manager, nearly grown up. */
  readonly kit: Simulated;
  /** A child that Sam Worker has. */
  readonly wren: Simulated;
  /** A child nobody works with yet: arrested last night, in court tomorrow. */
  readonly rowan: Simulated;
  /** Someone the police know by a first name only: nothing says who this is. */
  readonly unknown: Pick<Simulated, 'givenNames'>;
  /** Grown up: in court with Kit, and none of the hub's business. */
  readonly coDefendant: Simulated;
}

export function castOf(calendar: Calendar): Cast {
  return {
    kit: {
      givenNames: 'Kit',
      familyName: 'Fennimoor',
      birthDate: calendar.born(17, 4),
      nhsNumber: testNhsNumber(101),
      pncId: testPncId(2024, 4101),
    },
    wren: {
      givenNames: 'Wren',
      familyName: 'Tolladay',
      birthDate: calendar.born(15, 2),
      nhsNumber: testNhsNumber(202),
      pncId: testPncId(2025, 4202),
    },
    rowan: {
      givenNames: 'Rowan',
      familyName: 'Hexley',
      birthDate: calendar.born(14, 7),
      pncId: testPncId(2026, 4404),
    },
    unknown: { givenNames: 'Jaz' },
    coDefendant: {
      givenNames: 'Marlow',
      familyName: 'Quenby',
      birthDate: calendar.born(23, 1),
      pncId: testPncId(2019, 4303),
    },
  };
}
