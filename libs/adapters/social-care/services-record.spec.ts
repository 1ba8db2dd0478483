import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import { changesThrough } from '../../kernel/snapshots.js';
import { testNhsNumber } from '../../simulations/people.js';
import { personalDetails } from '../../simulations/personal-details.js';
import { servicesRecord, type SimulatedServicesRecord } from '../../simulations/services-record.js';
import { details, servicesRecords } from '../../testing/generators/social-care.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { sentBy } from '../../testing/translation/sent-by.js';
import { withValue } from '../../testing/translation/with-value.js';
import { snapshotReading, translate } from '../registry.js';
import { servicesRecordFormats, servicesRecordType } from './services-record.js';

const subject = `nhs:${testNhsNumber(303)}`;
const observedat = '2026-03-01T08:00:00Z';
const full: SimulatedServicesRecord = {
  keyWorker: 'Robin Social',
  teams: ['Fernhill family help'],
  statuses: [{ status: 'Child In Need', plan: 'Child in need plan' }],
  referrals: [{ date: '2025-12-02', kind: 'Early Help' }],
};
const told = (body: unknown, change = {}) =>
  translate(sentBy('social-care', JSON.stringify(body), { attributes: { subject, observedat }, ...change }));
const recorded = (body: unknown) => {
  const [fact] = factsIn(told(body));
  return fact && decode(fact.type, fact.data);
};

describe('a record of children’s services', () => {
  it.each(servicesRecordFormats.map((name) => [name]))('is known as %s, and by its shape', (format) => {
    expect(told(servicesRecord(full), { format })).toEqual(told(servicesRecord(full)));
    expect(told(servicesRecord(full)).items).toMatchObject([
      {
        outcome: 'fact',
        fact: { type: servicesRecordType, record: { key: subject }, key: [servicesRecordType, subject, observedat] },
      },
    ]);
  });

  it('says the same in the older format, and nothing of how to call the duty team', () => {
    expect(recorded(servicesRecord(full, true))).toEqual(recorded(servicesRecord(full)));
    expect(JSON.stringify(recorded(servicesRecord(full)))).not.toContain('duty@');
  });

  it('is recorded as it stands, whatever it says', () => {
    fc.assert(
      fc.property(servicesRecords, (record) => {
        const { keyWorker, teams = [], statuses, referrals = [] } = record;
        expect(recorded(servicesRecord(record))).toEqual({
          ...(keyWorker === undefined ? {} : { keyWorker }),
          ...(teams.length === 0 ? {} : { teams }),
          ...(statuses === undefined ? {} : { activeStatusesWhole: true }),
          ...(statuses?.length ? { activeStatuses: statuses } : {}),
          ...(referrals.length === 0 ? {} : { referrals }),
          person: { nhsNumber: testNhsNumber(303) },
        });
      }),
    );
  });

  it('that cannot be read in a part is recorded without it, and what is not read does not end', () => {
    for (const [pointer, value] of [
      ['/keyWorker', 7],
      ['/teamInvolvement/0', null],
      ['/cscActiveStatusesAndPlans/0/status', {}],
      ['/childrensServicesReferrals/0/date', '02/12/2025'],
    ] as const) {
      const body = withValue(servicesRecord(full), pointer, value);
      expect(told(body).items).toMatchObject([{ outcome: 'fact' }, { outcome: 'quarantined', pointer }]);
    }
    const unread = withValue(servicesRecord(full), '/cscActiveStatusesAndPlans/0/status', 7);
    expect(recorded(unread)).not.toHaveProperty('activeStatusesWhole');
  });
});

describe('what follows from the records of one child', () => {
  const reading = snapshotReading(servicesRecordType);
  const follows = (...records: readonly SimulatedServicesRecord[]) => {
    const snapshots = records.flatMap((record) => factsIn(told(servicesRecord(record)))).map(({ data }) => reading?.read(data) ?? { said: [], whole: [] }); // prettier-ignore
    return changesThrough(snapshots).map(
      (changes) =>
      changes.flatMap((change) => reading?.facts(change, observedat) ?? []).map(({ type, key }) => [type.slice(19), ...key]), // prettier-ignore
    );
  };

  it('is a worker, a team, a status and a referral, each of its own kind', () => {
    expect(follows(full)).toEqual([
      [
        ['KeyWorkerNamed', observedat],
        ['TeamInvolvementListed', 'Fernhill family help'],
        ['ActiveStatusChanged', 'Child In Need', observedat],
        ['ReferralListed', '2025-12-02', 'Early Help'],
      ],
    ]);
  });

  it('is nothing when a record says nothing new, or no longer says something', () => {
    expect(follows(full, full, {}, { teams: [], referrals: [] }, full).slice(1)).toEqual([[], [], [], []]);
  });

  it('is an end only of a status that a list of active statuses no longer has', () => {
    expect(follows(full, { statuses: [] })[1]).toEqual([['ActiveStatusChanged', 'Child In Need', observedat]]);
  });
});

describe('a record of who a child is', () => {
  it('claims that, and takes nothing of where the child lives or of others', () => {
    fc.assert(
      fc.property(details, (said) => {
        const translation = told(personalDetails(said));
        const [fact, ...more] = factsIn(translation);
        expect(more).toEqual([]);
        if (Object.keys(said).length === 0) {
          expect(translation.items).toMatchObject([{ outcome: 'ignored', reason: { code: 'nothing-claimed' } }]);
          return;
        }
        expect(fact?.record.person).toEqual({
          ...said,
          identifiers: [{ kind: 'nhs', value: testNhsNumber(303) }],
        });
        expect(fact && decode(fact.type, fact.data)).toEqual({
          person: { ...said, nhsNumber: testNhsNumber(303) },
        });
      }),
    );
  });

  it('that gives a birth date which is none claims the rest', () => {
    const body = personalDetails({ givenNames: 'Kit', birthDate: '06/05/2010' });
    expect(told(body).items).toMatchObject([
      { outcome: 'fact', fact: { record: { person: { givenNames: 'Kit' } } } },
      { outcome: 'quarantined', reason: { code: 'wrong-type' }, pointer: '/dateOfBirth' },
    ]);
  });

  it('changes nothing that is shown', () => {
    const [fact] = factsIn(told(personalDetails({ givenNames: 'Kit' })));
    const reading = snapshotReading(fact?.type ?? '');
    expect(changesThrough([reading?.read(fact?.data ?? new Uint8Array()) ?? { said: [], whole: [] }])).toEqual([[]]);
  });
});

describe('a custodian’s index', () => {
  it('is no event, and says why, whatever it repeats of its records', () => {
    const index = { orgType: 'LOCAL_AUTHORITY', records: [{ personId: '1', payload: servicesRecord(full) }] };
    expect(told(index).items).toMatchObject([{ outcome: 'ignored', reason: { code: 'custodian-index' } }]);
    expect(told({ ...index, records: {} }).items).toMatchObject([{ reason: { code: 'unknown-format' } }]);
  });
});
