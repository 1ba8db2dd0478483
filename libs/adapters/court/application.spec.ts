import { describe, expect, it } from '@jest/globals';
import { decode } from '../../contracts/catalogue.js';
import type { SimulatedApplication } from '../../simulations/hearing-resulted.js';
import { adult, child, day, factsOf, message, told } from '../../testing/translation/hearing.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

const breach: SimulatedApplication = {
  id: 'APPLICATION-1',
  defendantId: 'defendant-1',
  person: child,
  title: 'Failing to comply with a youth rehabilitation order',
  breach: true,
  receivedOn: '2026-01-05',
  order: 'Youth rehabilitation order',
  results: [{ id: 'result-9', code: '1141', label: 'Order to continue', terms: [['Additional hours', '10']] }],
};
const heard = (...applications: SimulatedApplication[]) => told({ defendants: [], applications });
const first = '/hearing/courtApplications/0';

describe('an application before the court', () => {
  it('for breach is a fact of its own, and each result on it another', () => {
    const facts = factsOf(heard(breach));
    expect(facts).toMatchObject([
      {
        type: 'hub.court.v1.ApplicationMade',
        record: { key: 'defendant-1', person: { givenNames: 'Kit' } },
        key: ['hub.court.v1.ApplicationMade', 'defendant-1', 'application-1'],
        occurred: { at: '2026-01-05', precision: 'date' },
        statedAt: '2026-01-14T15:20:00Z',
        pointer: first,
      },
      {
        type: 'hub.court.v1.ApplicationResulted',
        key: ['hub.court.v1.ApplicationResulted', 'defendant-1', 'hearing-1', 'application-1', 'result-9'],
        occurred: { at: day },
        scope: ['hearing-day', 'hearing-1', day],
        pointer: `${first}/judicialResults/0`,
      },
    ]);
    expect(facts.map(({ type, data }) => decode(type, data))).toMatchObject([
      { breach: true, title: breach.title, orderTitle: breach.order, orderMadeOn: day, status: 'FINALISED' },
      { breach: true, resultTitle: 'Order to continue', terms: [{ label: 'Additional hours', value: '10' }] },
    ]);
  });

  it('is a breach by what the court says of its type, else by its title', () => {
    const says = (breachType: unknown, title: string): unknown => {
      const body = withValue(
        withValue(heard(breach), `${first}/type/breachType`, breachType),
        `${first}/type/type`,
        title,
      );
      const [fact] = factsOf(body);
      return decode(fact?.type ?? '', fact?.data ?? new Uint8Array())?.['breach'];
    };
    expect(says('COMMISSION_OF_NEW_OFFENCE_BREACH', 'x')).toBe(true);
    expect(says('NOT_APPLICABLE', 'Breach, it is said')).toBeUndefined();
    expect(says(undefined, 'Breach of a referral order')).toBe(true);
    expect(says(undefined, 'Application to vary an order')).toBeUndefined();
  });

  it('is the result’s alone that a reshare withdraws: the application stays made', () => {
    const { items, covers } = translate(message(heard({ ...breach, results: [] })));
    expect(items).toMatchObject([{ outcome: 'fact', fact: { type: 'hub.court.v1.ApplicationMade' } }]);
    expect(items[0]).not.toHaveProperty('fact.scope');
    expect(covers).toHaveLength(1);
  });

  it('is of the subject, else of the only respondent; of an adult only where the hub knows them', () => {
    const party = { masterDefendant: { masterDefendantId: 'defendant-7' } };
    const respondent = withValue(withValue(heard(breach), `${first}/subject`, {}), `${first}/respondents`, [party]);
    expect(factsOf(respondent)[0]).toMatchObject({
      record: { key: 'defendant-7' },
      onlyIfKnown: { code: 'not-shown-to-be-a-child' },
    });
    expect(factsOf(heard({ ...breach, person: adult })).map(({ onlyIfKnown }) => onlyIfKnown?.code)).toEqual([
      'adult',
      'adult',
    ]);
    const two = withValue(respondent, `${first}/respondents`, [party, party]);
    expect(translate(message(two)).items).toMatchObject([{ outcome: 'ignored', reason: { code: 'no-defendant' } }]);
  });

  it('with one result that cannot be read keeps the others, and covers nothing', () => {
    const results = [...breach.results, { id: 'result-10', code: '1', label: 'Costs' }];
    const body = withValue(heard({ ...breach, results }), `${first}/judicialResults/0/label`, 7);
    const { items, covers } = translate(message(body));
    expect(items.map(({ outcome }) => outcome)).toEqual(['fact', 'fact', 'quarantined']);
    expect(covers).toEqual([]);
  });

  it('that nobody says when it was shared waits for a person', () => {
    expect(translate(message(withValue(heard(breach), '/sharedTime', undefined))).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'no-shared-time' } },
    ]);
  });
});
