// Shared hearings, with applications, and what must come of each: for round trips, and for fuzzing.
import fc from 'fast-check';
import { hearingCopy, queuedHearingCopy } from '../../simulations/hearing-copy.js';
import {
  hearingResulted,
  type SimulatedApplication,
  type SimulatedDefendant,
  type SimulatedHearing,
} from '../../simulations/hearing-resulted.js';
import { testPncId } from '../../simulations/people.js';

/** A fact that a hearing is meant to be: its name, its record, and its key after these. */
export interface MeantOfHearing {
  readonly type: string;
  readonly record: string;
  readonly key: readonly string[];
  readonly title: string;
  readonly adult: boolean;
}

export interface GeneratedHearing {
  readonly hearing: SimulatedHearing;
  /** As the court shares it, and as its copies come. */
  readonly bodies: readonly object[];
  readonly meant: readonly MeantOfHearing[];
}

const day = '2026-01-14';
const labels = fc.constantFrom('Referral order', 'Costs', 'Reparation order', 'Says it’s "so" & <left>');
const results = fc.uniqueArray(
  fc.record({ id: fc.uuid({ version: 4 }), code: fc.constantFrom('1081', '1097'), label: labels }),
  { maxLength: 3, selector: ({ id }) => id },
);
const people = fc
  .record({ serial: fc.integer({ min: 1, max: 9999 }), birthDate: fc.constantFrom('2010-05-06', '2002-01-02') })
  .map(({ serial, birthDate }) => ({
    givenNames: 'Kit',
    familyName: 'Fennimoor',
    birthDate,
    pncId: testPncId(2024, serial),
  }));

const offences = fc.uniqueArray(
  fc.record({
    id: fc.uuid({ version: 4 }),
    code: fc.constant('TH68010'),
    title: fc.constant('Theft from a shop'),
    results,
  }),
  { minLength: 1, maxLength: 3, selector: ({ id }) => id },
);

const defendants: fc.Arbitrary<readonly SimulatedDefendant[]> = fc.uniqueArray(
  fc.record({ id: fc.uuid({ version: 4 }), person: people, offences }),
  { maxLength: 3, selector: ({ id }) => id },
);

const applications: fc.Arbitrary<readonly SimulatedApplication[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid({ version: 4 }),
    defendantId: fc.uuid({ version: 4 }),
    person: people,
    title: labels,
    breach: fc.boolean(),
    results,
  }),
  { maxLength: 2, selector: ({ id }) => id },
);

export const hearings: fc.Arbitrary<GeneratedHearing> = fc
  .record({ id: fc.uuid({ version: 4 }), defendants, applications })
  .map((drawn) => {
    const hearing = { ...drawn, day, sharedTime: '2026-01-14T15:20:00Z' };
    const body = hearingResulted(hearing);
    const copy = { hearing: body, kind: 'Resulted', sentAt: '2026-01-14T15:21:00Z' } as const;
    return { hearing, bodies: [body, hearingCopy(copy), queuedHearingCopy(copy)], meant: meantOf(hearing) };
  });

function meantOf({ id, defendants: accused, applications: made = [] }: SimulatedHearing): MeantOfHearing[] {
  const adult = ({ birthDate }: { readonly birthDate: string }): boolean => birthDate < '2008-01-15';
  return [
    ...accused.flatMap(({ id: defendant, person, offences: charged }) =>
      charged.flatMap((offence) =>
        offence.results.map((result) => ({
          type: 'hub.court.v1.ResultRecorded',
          record: defendant,
          key: [id, defendant, offence.id, result.id],
          title: result.label,
          adult: adult(person),
        })),
      ),
    ),
    ...made.flatMap(({ id: application, defendantId: record, person, title, results: ordered }) => [
      { type: 'hub.court.v1.ApplicationMade', record, key: [application], title, adult: adult(person) },
      ...ordered.map((result) => ({
        type: 'hub.court.v1.ApplicationResulted',
        record,
        key: [id, application, result.id],
        title: result.label,
        adult: adult(person),
      })),
    ]),
  ];
}
