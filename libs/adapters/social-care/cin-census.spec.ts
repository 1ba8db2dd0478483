import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Fact } from '../../kernel/fact.js';
import { cinCensus, type SimulatedCase, type SimulatedChildInNeed } from '../../simulations/cin-census.js';
import { childrenInNeed } from '../../testing/generators/social-care.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { sentBy } from '../../testing/translation/sent-by.js';
import { translate } from '../registry.js';
import { careFactors, categoriesOfHarm, closures, exploitationFactors, healthFactors, referralSources } from './cin-codes.js'; // prettier-ignore
import { primaryNeeds } from './ssda903-codes.js';

const child: SimulatedChildInNeed = {
  id: 'CH870101',
  birthDate: '2010-05-06',
  upn: 'A000000000000',
  cases: [
    {
      referredOn: '2025-06-02',
      source: '6',
      need: 'N1',
      assessments: [{ startedOn: '2025-06-04', factors: ['16A', '24A', '15A'] }],
      plans: [{ startedOn: '2025-07-01' }],
      enquiries: [{ startedOn: '2025-06-10', conferenceOn: '2025-06-24' }],
      protectionPlans: [
        { startedOn: '2025-06-24', endedOn: '2026-01-09', category: 'NEG', previous: 1, reviewedOn: ['2025-09-20'] },
      ],
    },
  ],
};
const told = (body: string) => translate(sentBy('social-care', body));
type Said = readonly [name: string, child: string, event: object];
const said = ({ type, record, data }: Fact): Said => [type.slice(19), record.key, decode(type, data) ?? {}];
const byFact = (all: readonly Said[]) =>
  new Map(
    all.map(([name, of, event]) => {
      const { status = '', startedOn = '', referredOn = startedOn } = event as Record<string, string>;
      return [`${name} ${of} ${status} ${referredOn}`, event];
    }),
  );

describe('a child of the census', () => {
  it('is several facts on the authority’s own record, each on its own day, as the authority said at its own time', () => {
    const facts = factsIn(told(cinCensus([child])));
    expect(facts.map(({ type, occurred }) => [type.split('.').at(-1), occurred.at])).toEqual([
      ['CensusReferralRecorded', '2025-06-02'],
      ['AssessmentRecorded', '2025-06-04'],
      ['ExploitationFactorsRecorded', '2025-06-04'],
      ['HealthFactorsRecorded', '2025-06-04'],
      ['StatusRecorded', '2025-07-01'],
      ['Section47Recorded', '2025-06-10'],
      ['StatusRecorded', '2025-06-24'],
    ]);
    for (const fact of facts) {
      expect(fact).toMatchObject({
        record: { key: 'CH870101', person: { birthDate: '2010-05-06', identifiers: [{ kind: 'upn' }] } },
        // 11:14 by the clock of the authority, in summer.
        statedAt: '2026-05-20T10:14:05Z',
        pointer: expect.stringMatching(/^line \d+: \/Message\/Children\/Child\[1\]\/CINdetails\[1\]/),
      });
    }
  });

  it('keeps factors of exploitation and of health out of what all who see social care may see', () => {
    const [, assessment] = factsIn(told(cinCensus([child])));
    expect(assessment && decode(assessment.type, assessment.data)).toMatchObject({ factors: ['Neglect'] });
  });

  it('that cannot be read in a part is told without it, and the next child whole', () => {
    const wrong: SimulatedChildInNeed = {
      id: 'CH870102',
      cases: [{ referredOn: '2025-06-02', source: 'X', plans: [{ startedOn: '2025-07-01', endedOn: '2025-06-01' }] }],
    };
    const { items } = told(cinCensus([{ ...wrong, cases: [...wrong.cases, ...child.cases] }, child]));
    expect(items.filter(({ outcome }) => outcome === 'fact')).toHaveLength(14);
    expect(items.filter(({ outcome }) => outcome !== 'fact')).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'unknown-code' }, pointer: expect.stringMatching(/ReferralSource$/) },
      { outcome: 'quarantined', reason: { code: 'ends-before-start' } },
    ]);
  });

  it('whose birth date is none is the same child, of whom it is not claimed', () => {
    const { items } = told(cinCensus([{ ...child, birthDate: '06/05/2010' }]));
    expect(items.filter(({ outcome }) => outcome === 'fact')).toHaveLength(7);
    expect(items.filter(({ outcome }) => outcome !== 'fact')).toMatchObject([
      { reason: { code: 'wrong-type' }, pointer: expect.stringMatching(/PersonBirthDate$/) },
    ]);
    expect(JSON.stringify(items)).not.toContain('06/05/2010');
  });

  it('without the authority’s own id is nobody', () => {
    expect(told(cinCensus([{ ...child, id: ' ' }])).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'missing-value' }, pointer: expect.stringMatching(/LAchildID$/) },
    ]);
  });

  it('says in any order of the children, and twice, what was put in the census', () => {
    fc.assert(
      fc.property(childrenInNeed, fc.boolean(), (children, twice) => {
        const sent = twice ? [...children.toReversed(), ...children] : children;
        const facts = factsIn(told(cinCensus(sent)));
        expect(facts).toHaveLength(children.flatMap(canonical).length);
        expect(byFact(facts.map(said))).toEqual(byFact(children.flatMap(canonical)));
      }),
    );
  });
});

describe('a census', () => {
  it.each([
    ['of no child', cinCensus([]), 'ignored', 'no-children'],
    ['of another collection', cinCensus([child]).replace('>CIN<', '>SC<'), 'quarantined', 'other-collection'],
    ['at no time', cinCensus([child], 'yesterday'), 'quarantined', 'invalid-time'],
    [
      'at a time that the clock does not have',
      cinCensus([child], '2026-05-20T25:00:00'),
      'quarantined',
      'invalid-time',
    ],
    ['cut off', cinCensus([child]).slice(0, -20), 'quarantined', 'invalid-xml'],
    [
      'with an entity',
      cinCensus([child]).replace('<Message>', '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>'),
      'quarantined',
      'xml-doctype',
    ],
  ])('%s has one outcome', (_, body, outcome, code) => {
    expect(translate(sentBy('social-care', body, { format: 'cin.census' })).items).toMatchObject([
      { outcome, reason: { code } },
    ]);
  });

  it('of many children is read in time that grows with their number', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({ ...child, id: `CH${at}` }));
    expect(factsIn(told(cinCensus(many)))).toHaveLength(35_000);
  });
});

function canonical({ id, birthDate, upn, cases }: SimulatedChildInNeed): readonly Said[] {
  const person = some({ birthDate, upn });
  return cases.flatMap((one) => saidOf(one).map(([name, event]): Said => [name, id, { ...some(event), person }]));
}

function saidOf(one: SimulatedCase): readonly (readonly [string, object])[] {
  return [
    [
      'CensusReferralRecorded',
      {
        referredOn: one.referredOn,
        sourceCode: one.source,
        source: referralSources[one.source ?? ''],
        noFurtherAction: one.noFurtherAction || undefined,
        needCode: one.need,
        need: primaryNeeds[one.need ?? ''],
        closedBecauseCode: one.closure,
        closedBecause: closures[one.closure ?? ''],
      },
    ],
    ...(one.assessments ?? []).flatMap(({ startedOn, authorisedOn, factors = [] }) => {
      const among = (list: Readonly<Record<string, string>>) => {
        const found = factors.flatMap((factor) => list[factor] ?? []);
        return found.length === 0 ? undefined : found;
      };
      return [
        ['AssessmentRecorded', { startedOn, authorisedOn, factors: among(careFactors) }] as const,
        ...[{ startedOn, factors: among(exploitationFactors) }]
          .filter(({ factors: found }) => found)
          .map((found) => ['ExploitationFactorsRecorded', found] as const),
        ...[{ startedOn, factors: among(healthFactors) }]
          .filter(({ factors: found }) => found)
          .map((found) => ['HealthFactorsRecorded', found] as const),
      ];
    }),
    ...(one.plans ?? []).map(
      ({ startedOn, endedOn }) => ['StatusRecorded', { status: 'STATUS_CHILD_IN_NEED', startedOn, endedOn }] as const,
    ),
    ...(one.enquiries ?? []).map(
      ({ startedOn, conferenceOn, notRequired }) =>
        ['Section47Recorded', { startedOn, conferenceOn, conferenceNotRequired: notRequired || undefined }] as const,
    ),
    ...(one.protectionPlans ?? []).map(({ startedOn, endedOn, category, previous, reviewedOn = [] }) => {
      const harm = categoriesOfHarm[category ?? ''];
      const plan = {
        status: 'STATUS_CHILD_PROTECTION_PLAN',
        startedOn,
        endedOn,
        legalBasis: 'section 47',
        firstCategoryOfHarm: harm,
        categoryOfHarm: harm,
        previousPlans: previous || undefined,
        reviewedOn: reviewedOn.length === 0 ? undefined : reviewedOn.toSorted(),
      };
      return ['StatusRecorded', plan] as const;
    }),
  ];
}

function some(event: object): object {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}
