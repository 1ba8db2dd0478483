import { describe, expect, it } from '@jest/globals';
import { decode } from '../../contracts/catalogue.js';
import type { Message } from '../../kernel/fact.js';
import { changesThrough } from '../../kernel/snapshots.js';
import { healthRecord, type SimulatedHealthRecord } from '../../simulations/health-record.js';
import { testNhsNumber } from '../../simulations/people.js';
import { healthMessage } from '../../testing/generated/health.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { withValue } from '../../testing/translation/with-value.js';
import { snapshotReading, translate } from '../registry.js';
import { healthRecordFormats, healthRecordType } from './health-record.js';

const subject = `nhs:${testNhsNumber(303)}`;
const observedat = '2026-03-01T08:00:00Z';
const full: SimulatedHealthRecord = {
  gpName: 'Dr Ash',
  gpPractice: 'Fernhill Surgery',
  camhsTeams: ['Fernhill CAMHS'],
  statuses: [{ status: 'Open to CAMHS', plan: 'Care plan' }],
  missed: [{ date: '2026-01-05', setting: 'GP' }],
  attendances: [{ date: '2026-01-08', reason: 'Asthma' }],
};
const told = (body: unknown, change: Partial<Message> = {}) =>
  translate(healthMessage(body, { attributes: { subject, observedat }, ...change }));
const recorded = (body: unknown) => {
  const [fact] = factsIn(told(body));
  return fact && decode(fact.type, fact.data);
};

describe('a health record', () => {
  it('is one fact, whole, of the subject at the time it was observed', () => {
    expect(told(healthRecord(full))).toMatchObject({
      items: [
        {
          outcome: 'fact',
          fact: {
            record: { key: subject, person: { identifiers: [{ kind: 'nhs', value: testNhsNumber(303) }] } },
            key: [healthRecordType, subject, observedat],
            occurred: { at: observedat, precision: 'instant' },
            statedAt: observedat,
          },
        },
      ],
      covers: [],
    });
  });

  it.each(healthRecordFormats.map((name) => [name]))('is known as %s, and by its shape', (format) => {
    expect(told(healthRecord(full), { format })).toEqual(told(healthRecord(full)));
  });

  it('without subject and time cannot be placed', () => {
    const { items } = told(healthRecord(full), { attributes: {} });
    expect(items.map((item) => 'pointer' in item && item.pointer)).toEqual(['Hub-Subject', 'Hub-Observed-At']);
  });

  it.each([
    ['/missedAppointments/0/date', '05/01/2026'],
    ['/emergencyDepartmentAttendances', 'many'],
    ['/healthActiveStatusesAndPlans/0/status', null],
    ['/camhsTeamInvolvement/0', 7],
    ['/gpAddress', 'Fernhill'],
    ['/registeredGPName', {}],
  ])('that cannot be read at %s is recorded without it, and what is not read does not end', (pointer, value) => {
    const { items } = told(withValue(healthRecord(full), pointer, value));
    expect(items[0]).toMatchObject({ outcome: 'fact' });
    expect(items[1]).toMatchObject({ outcome: 'quarantined', pointer: expect.stringContaining(pointer) });
    const unread = recorded(withValue(healthRecord(full), pointer, value));
    expect(unread?.['activeStatusesWhole']).toBe(pointer.includes('Active') ? undefined : true);
  });

  it('with fields that the hub does not know says so, and not which', () => {
    const { items } = told({ ...healthRecord(full), fennimoorNote: 'x' });
    expect(items).toMatchObject([{ outcome: 'fact', note: { code: 'fields-not-read' } }]);
    expect(JSON.stringify(items.map((item) => ('note' in item ? item.note : '')))).not.toContain('fennimoor');
  });
});

describe('what a health record changes', () => {
  const reading = snapshotReading(healthRecordType);
  const changes = (...records: SimulatedHealthRecord[]) => {
    const snapshots = records.flatMap((record) => factsIn(told(healthRecord(record))).flatMap(({ data }) => reading?.read(data) ?? [])); // prettier-ignore
    return changesThrough(snapshots).map(
      (of, at) =>
      of
        .flatMap((change) => reading?.facts(change, `2026-03-0${at + 1}T08:00:00Z`) ?? [])
        .map(({ type, key, occurred, data }) => [type.replace('hub.health.v1.', ''), key, occurred.at, decode(type, data)]), // prettier-ignore
    );
  };
  const observedAt = '2026-03-01T08:00:00Z';

  it('is told of each part in its own event: dated ones on their day, the others when they were seen', () => {
    expect(changes(full)[0]).toEqual([
      ['GeneralPracticeChanged', ['1', observedAt], observedAt, { part: 'PART_PRACTITIONER', name: 'Dr Ash', observedAt }], // prettier-ignore
      ['GeneralPracticeChanged', ['2', observedAt], observedAt, { part: 'PART_PRACTICE', name: 'Fernhill Surgery', observedAt }], // prettier-ignore
      ['CamhsTeamListed', ['Fernhill CAMHS'], observedAt, { team: 'Fernhill CAMHS' }],
      ['HealthStatusChanged', ['Open to CAMHS', observedAt], observedAt, { status: 'Open to CAMHS', plan: 'Care plan', observedAt }], // prettier-ignore
      ['MissedAppointmentListed', ['2026-01-05', 'GP'], '2026-01-05', { missedOn: '2026-01-05', setting: 'GP' }],
      ['EmergencyAttendanceListed', ['2026-01-08'], '2026-01-08', { attendedOn: '2026-01-08', reason: 'Asthma' }],
    ]);
  });

  it('is nothing for what disappears, but the end of a status that the list no longer has', () => {
    expect(changes(full, {})[1]).toEqual([]);
    const { statuses: _, ...rest } = full;
    expect(changes(full, rest)[1]).toEqual([]);
    const none = { camhsTeams: [], statuses: [], missed: [], attendances: [] };
    expect(changes(full, none)[1]?.map(([type, , , data]) => [type, data])).toMatchObject([
      ['HealthStatusChanged', { status: 'Open to CAMHS', ended: true }],
    ]);
  });

  it('is the same appointment, stated again, when its reason comes later', () => {
    const [first, second] = changes(full, { missed: [{ date: '2026-01-05', setting: 'GP', reason: 'No lift' }] });
    expect(second).toEqual([['MissedAppointmentListed', ['2026-01-05', 'GP'], '2026-01-05', { missedOn: '2026-01-05', setting: 'GP', reason: 'No lift' }]]); // prettier-ignore
    expect(first?.map(([, key]) => key)).toContainEqual(['2026-01-05', 'GP']);
  });
});
