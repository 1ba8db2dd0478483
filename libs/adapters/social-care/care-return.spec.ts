import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Fact } from '../../kernel/fact.js';
import {
  careEpisodesReturn,
  lookedAfterChildrenReturn,
  type SimulatedCareEpisode,
} from '../../simulations/care-return.js';
import { careEpisodes, lookedAfterChildren } from '../../testing/generators/social-care.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { sentBy } from '../../testing/translation/sent-by.js';
import { translate } from '../registry.js';
import { episodeBegan, episodeEnded, legalStatuses, placementChanges, placements, primaryNeeds, providers } from './ssda903-codes.js'; // prettier-ignore

const remand: SimulatedCareEpisode = {
  child: '870101',
  start: '2026-01-30',
  began: 'S',
  legalStatus: 'J1',
  need: 'N6',
  placement: 'K1',
  provider: 'PR2',
};
const told = (body: string) => translate(sentBy('social-care', body));
const factsOf = (body: string) => factsIn(told(body));
const event = (fact: Fact | undefined) => fact && decode(fact.type, fact.data);

describe('an episode of care', () => {
  it('is one fact on the authority’s own record of the child, with codes and their words', () => {
    const [fact, ...more] = factsOf(careEpisodesReturn([remand]));
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      record: { key: '870101', person: { identifiers: [] } },
      key: ['hub.social_care.v1.CareEpisodeRecorded', '870101', '2026-01-30'],
      occurred: { at: '2026-01-30', precision: 'date' },
      pointer: 'row 2',
    });
    expect(event(fact)).toEqual({
      startedOn: '2026-01-30',
      startedBecauseCode: 'S',
      startedBecause: 'Started to be looked after',
      legalStatusCode: 'J1',
      legalStatus: 'Remanded to local authority or youth detention accommodation',
      needCode: 'N6',
      need: 'Socially unacceptable behaviour',
      placementCode: 'K1',
      placement: 'Secure children’s home',
      provider: 'Another local authority',
    });
  });

  it('never says where the home or the placement is', () => {
    const said = JSON.stringify(factsOf(careEpisodesReturn([remand])).map(event));
    expect(said).not.toMatch(/FH1|FH2|SC000001/);
  });

  it('that ends in a file sent later is the same fact with other content', () => {
    const [before] = factsOf(careEpisodesReturn([remand]));
    const [after] = factsOf(careEpisodesReturn([{ ...remand, end: '2026-03-01', ended: 'E9' }]));
    expect(after?.key).toEqual(before?.key);
    expect(event(after)).toMatchObject({ endedOn: '2026-03-01', endedBecause: 'Sentenced to custody' });
  });

  it.each([
    ['a legal status that is none', { legalStatus: 'Q9' }, 'unknown-code'],
    ['a placement that is none', { placement: 'constructor' }, 'unknown-code'],
    ['an end before the start', { end: '2026-01-29' }, 'ends-before-start'],
    ['no child', { child: '' }, 'missing-value'],
    ['a start that is no day', { start: '2026-02-30' }, 'invalid-date'],
  ])('with %s is quarantined alone', (_, change, code) => {
    const { items } = told(careEpisodesReturn([remand, { ...remand, child: '870102', ...change }]));
    expect(items).toMatchObject([{ outcome: 'fact' }, { outcome: 'quarantined', reason: { code }, pointer: 'row 3' }]);
  });

  it('of the year in which other placements were told apart is read as of any year', () => {
    const [fact] = factsOf(careEpisodesReturn([{ ...remand, placement: 'Z13' }]));
    expect(event(fact)).toMatchObject({ placementCode: 'Z13', placement: 'Other placement' });
  });

  it('told in two ways of one start goes to a person, and told twice alike is told once', () => {
    expect(factsOf(careEpisodesReturn([remand, remand]))).toHaveLength(1);
    expect(told(careEpisodesReturn([remand, { ...remand, placement: 'P1' }])).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'contradiction' }, pointer: 'row 2' },
      { outcome: 'quarantined', reason: { code: 'contradiction' }, pointer: 'row 3' },
    ]);
  });

  it('says in any order of the rows, and twice, what was put in the table', () => {
    fc.assert(
      fc.property(careEpisodes, fc.boolean(), (rows, twice) => {
        const sent = twice ? [...rows.toReversed(), ...rows] : rows;
        const said = new Map(
          factsOf(careEpisodesReturn(sent)).map((fact) => [fact.key.slice(1).join(' '), event(fact)]),
        );
        expect(said).toEqual(new Map(rows.map((row) => [`${row.child} ${row.start}`, canonical(row)])));
      }),
    );
  });
});

describe('a header', () => {
  it('claims who the child is, and nothing happened', () => {
    const [fact, ...more] = factsOf(lookedAfterChildrenReturn([{ child: '870101', birthDate: '2010-05-06', upn: 'A000000000000' }])); // prettier-ignore
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      type: 'hub.social_care.v1.PersonalDetailsObserved',
      record: {
        key: '870101',
        person: { birthDate: '2010-05-06', identifiers: [{ kind: 'upn', value: 'A000000000000' }] },
      },
    });
  });

  it('claims of each row what was put in the table, and no number where it says why there is none', () => {
    fc.assert(
      fc.property(lookedAfterChildren, (children) => {
        const said = factsOf(lookedAfterChildrenReturn(children)).map(({ record }) => record);
        expect(said).toEqual(
          children.map(({ child, birthDate, upn }) => ({
            key: child,
            person: { birthDate, identifiers: upn === undefined || upn === 'UN1' ? [] : [{ kind: 'upn', value: upn }] },
          })),
        );
      }),
    );
  });
});

describe('a table of the return', () => {
  it.each([
    ['episodes without rows', careEpisodesReturn([]), 'no-episodes'],
    ['a header without rows', lookedAfterChildrenReturn([]), 'no-children'],
    ['reviews', 'CHILD,DOB,REVIEW,REVIEW_CODE\n1,06/05/2010,01/02/2026,PN1\n', 'table-not-needed'],
    ['care leavers', 'CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n1,06/05/2008,YES,F1,B1\n', 'table-not-needed'],
    ['adoption', 'CHILD,DOB,DATE_PLACED\n1,06/05/2010,01/02/2026\n', 'table-not-needed'],
    ['yearly health', 'CHILD,DOB,SDQ_SCORE\n1,06/05/2010,14\n', 'table-not-needed'],
    [
      'social workers',
      'CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n1,06/05/2010,AB1,01/02/2026,,\n',
      'table-not-needed',
    ],
  ])('%s is understood, and says why there is no event', (_, body, code) => {
    expect(told(body).items).toMatchObject([{ outcome: 'ignored', reason: { code } }]);
  });
});

function canonical(row: SimulatedCareEpisode) {
  const all = {
    startedOn: row.start,
    endedOn: row.end,
    startedBecauseCode: row.began,
    startedBecause: episodeBegan[row.began ?? ''],
    legalStatusCode: row.legalStatus,
    legalStatus: legalStatuses[row.legalStatus ?? ''],
    needCode: row.need,
    need: primaryNeeds[row.need ?? ''],
    placementCode: row.placement,
    placement: placements[row.placement ?? ''],
    provider: providers[row.provider ?? ''],
    endedBecauseCode: row.ended,
    endedBecause: episodeEnded[row.ended ?? ''],
    placementChangedBecause: placementChanges[row.placementChanged ?? ''],
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
