import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import { changesThrough } from '../../kernel/snapshots.js';
import { educationRecord, type SimulatedEducationRecord } from '../../simulations/education-record.js';
import { testNhsNumber } from '../../simulations/people.js';
import { personalDetails } from '../../simulations/personal-details.js';
import { educationRecordsSeen } from '../../testing/generators/education.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { sentBy } from '../../testing/translation/sent-by.js';
import { withValue } from '../../testing/translation/with-value.js';
import { snapshotReading, translate } from '../registry.js';
import { educationRecordFormats, educationRecordType } from './education-record.js';

const subject = `nhs:${testNhsNumber(303)}`;
const observedat = '2026-03-01T08:00:00Z';
const full: SimulatedEducationRecord = {
  setting: 'Fernhill Academy',
  statuses: [{ status: 'SEND', plan: 'Education, Health and Care (EHC) plan' }],
  years: [{ year: 2025, attendance: 72.5, unauthorised: 0, suspensions: 2, exclusions: 0, moves: 1 }],
};
const told = (body: unknown, change = {}) =>
  translate(sentBy('education', JSON.stringify(body), { attributes: { subject, observedat }, ...change }));
const recorded = (body: unknown) => {
  const [fact] = factsIn(told(body));
  return fact && decode(fact.type, fact.data);
};

describe('an education record', () => {
  it.each(educationRecordFormats.map((name) => [name]))('is known as %s, and by its shape', (format) => {
    expect(told(educationRecord(full), { format })).toEqual(told(educationRecord(full)));
    expect(told(educationRecord(full)).items).toMatchObject([
      { outcome: 'fact', fact: { type: educationRecordType, key: [educationRecordType, subject, observedat] } },
    ]);
  });

  it('is recorded as it stands, whatever it says, without its school’s address or average', () => {
    fc.assert(
      fc.property(educationRecordsSeen, (record) => {
        const { setting, statuses, years = [] } = record;
        expect(recorded(educationRecord(record))).toEqual({
          ...(setting === undefined ? {} : { setting }),
          ...(statuses === undefined ? {} : { activeStatusesWhole: true }),
          ...(statuses?.length ? { activeStatuses: statuses } : {}),
          ...(years.length === 0 ? {} : { years: years.map(figures) }),
          person: { nhsNumber: testNhsNumber(303) },
        });
      }),
    );
  });

  it('without whose it is or when it was seen cannot be placed', () => {
    expect(told(educationRecord(full), { attributes: {} }).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'no-subject' } },
      { outcome: 'quarantined', reason: { code: 'no-observed-at' } },
    ]);
  });

  it('that cannot be read in a part is recorded without it', () => {
    const year = '/yearlyEducationAttendances/0';
    for (const [pointer, value] of [
      [`${year}/attendancePercentage`, 140],
      [`${year}/suspensions`, 1.5],
      [`${year}/exclusions`, '1'],
      [`${year}/academicTermYearStart`, null],
      ['/educationSettingName', ['Fernhill']],
      ['/educationActiveStatusesAndPlans', 'SEND'],
    ] as const) {
      const { items } = told(withValue(educationRecord(full), pointer, value));
      expect(items).toMatchObject([{ outcome: 'fact' }, { outcome: 'quarantined', pointer }]);
    }
  });

  it('that says two things of one school year is recorded without it', () => {
    const twice = educationRecord({ years: [{ year: 2025, suspensions: 1 }, { year: 2025, suspensions: 2 }] }); // prettier-ignore
    expect(told(twice).items).toMatchObject([{ outcome: 'fact' }, { reason: { code: 'contradiction' } }]);
    expect(recorded(twice)).not.toHaveProperty('years');
    expect(recorded(educationRecord({ years: [{ year: 2025, suspensions: 1 }, { year: 2025, suspensions: 1 }] }))).toMatchObject({ years: [{ year: 2025 }] }); // prettier-ignore
  });

  it('of who a pupil is claims that, and nothing when it names nobody', () => {
    expect(factsIn(told(personalDetails({ givenNames: 'Kit' })))).toMatchObject([
      { type: 'hub.education.v1.PersonalDetailsObserved', record: { person: { givenNames: 'Kit' } } },
    ]);
    expect(told(personalDetails({})).items).toMatchObject([{ reason: { code: 'nothing-claimed' } }]);
  });
});

describe('what follows from the records of one child', () => {
  const reading = snapshotReading(educationRecordType);
  const follows = (...records: readonly SimulatedEducationRecord[]) => {
    const snapshots = records.flatMap((record) => factsIn(told(educationRecord(record)))).map(({ data }) => reading?.read(data) ?? { said: [], whole: [] }); // prettier-ignore
    return changesThrough(snapshots).map((changes) =>
      changes.flatMap((change) => reading?.facts(change, observedat) ?? []).map(({ type, data }) => decode(type, data)),
    );
  };

  it('is a school, a status and the figures that are not nought', () => {
    expect(follows(full)[0]).toEqual([
      { setting: 'Fernhill Academy', observedAt: observedat },
      { status: 'SEND', plan: 'Education, Health and Care (EHC) plan', observedAt: observedat },
      { year: 2025, figure: 'FIGURE_ATTENDANCE_PERCENTAGE', value: 72.5, observedAt: observedat },
      { year: 2025, figure: 'FIGURE_SUSPENSIONS', value: 2, observedAt: observedat },
      { year: 2025, figure: 'FIGURE_SCHOOL_MOVES', value: 1, observedAt: observedat },
    ]);
  });

  it('is nothing when a record says nothing new, or no longer says something', () => {
    expect(follows(full, full, {}, { years: [{ year: 2025, suspensions: 2 }] }, full).slice(1)).toEqual([[], [], [], []]); // prettier-ignore
  });

  it('is a figure that has changed, also back to nought, and a status that is no longer active', () => {
    const later = { statuses: [], years: [{ year: 2025, attendance: 72.5, suspensions: 0 }] };
    expect(follows(full, later)[1]).toEqual([
      { status: 'SEND', plan: 'Education, Health and Care (EHC) plan', ended: true, observedAt: observedat },
      { year: 2025, figure: 'FIGURE_SUSPENSIONS', observedAt: observedat },
    ]);
  });

  it('is that nobody came, where a record says so for the first time', () => {
    expect(follows({ years: [{ year: 2025, attendance: 0 }] })[0]).toHaveLength(1);
  });
});

function figures({
  year,
  attendance,
  unauthorised,
  suspensions,
  exclusions,
  moves,
}: NonNullable<SimulatedEducationRecord['years']>[number]) {
  // prettier-ignore
  const all = {
    year,
    attendancePercentage: attendance,
    unauthorisedAbsencePercentage: unauthorised,
    suspensions,
    exclusions,
    schoolMoves: moves,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
