import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Message } from '../../kernel/fact.js';
import { changesThrough } from '../../kernel/snapshots.js';
import { crimeRecord, type SimulatedCrimeRecord } from '../../simulations/crime-record.js';
import { testNhsNumber } from '../../simulations/people.js';
import { crimeRecordsSeen } from '../../testing/generators/crime-records.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { withValue } from '../../testing/translation/with-value.js';
import { snapshotReading, translate } from '../registry.js';
import { crimeRecordFormats, crimeRecordType } from './crime-record.js';

const subject = `nhs:${testNhsNumber(303)}`;
const observedat = '2026-03-01T08:00:00Z';
const full: SimulatedCrimeRecord = {
  marker: 'Dog at the address',
  services: ['Police', 'Fernhill youth club'],
  protection: '2025-11-02',
  episodes: [{ date: '2026-01-05', interviewed: false }, { date: '2026-02-06' }],
  risks: { sexual: false, criminal: true, radicalisation: true },
  statuses: [{ status: 'Open to the youth justice service', plan: 'Referral order' }],
};

const message = (body: unknown, change: Partial<Message> = {}): Message => ({
  system: 'police',
  agency: 'police',
  format: '',
  contentType: 'application/json',
  attributes: { subject, observedat },
  body: Buffer.from(JSON.stringify(body)),
  receivedAt: '2026-03-01T08:00:05Z',
  ...change,
});
const told = (record: SimulatedCrimeRecord, change: Partial<Message> = {}) =>
  translate(message(crimeRecord(record), change));
const recorded = (body: unknown) => {
  const [fact] = factsIn(translate(message(body)));
  return fact && decode(fact.type, fact.data);
};
const reasons = (change: Partial<Message>) =>
  told(full, change).items.map((item) => ('pointer' in item && 'reason' in item ? [item.reason, item.pointer] : item));

describe('a police record', () => {
  it('round-trips: it is recorded as it stands, whatever it says', () => {
    fc.assert(
      fc.property(crimeRecordsSeen, (record) => {
        const { marker, services, protection, episodes, risks = {}, statuses } = record;
        const harms = Object.entries(risks).map(([harm, there]) => [riskNames[harm as keyof typeof riskNames], there]);
        expect(recorded(crimeRecord(record))).toEqual({
          ...(marker === undefined ? {} : { markerDetails: marker }),
          ...(services?.length ? { servicesKnownTo: services } : {}),
          ...(protection === undefined ? {} : { policeProtectionLastUsed: protection }),
          ...(episodes?.length ? { missingEpisodes: episodes.map(written) } : {}),
          ...(Object.fromEntries(harms) as object),
          ...(statuses === undefined ? {} : { activeStatusesWhole: true }),
          ...(statuses?.length ? { activeStatuses: statuses } : {}),
          person: { nhsNumber: testNhsNumber(303) },
        });
      }),
    );
  });

  it('is one fact, whole, of the subject at the time it was observed', () => {
    const { items, covers } = told(full);
    expect(covers).toEqual([]);
    expect(items).toMatchObject([
      {
        outcome: 'fact',
        fact: {
          record: { key: subject, person: { identifiers: [{ kind: 'nhs', value: testNhsNumber(303) }] } },
          key: [crimeRecordType, subject, observedat],
          occurred: { at: observedat, precision: 'instant' },
          statedAt: observedat,
        },
      },
    ]);
    expect(recorded(crimeRecord(full))).toEqual({
      markerDetails: 'Dog at the address',
      servicesKnownTo: ['Police', 'Fernhill youth club'],
      policeProtectionLastUsed: '2025-11-02',
      missingEpisodes: [{ date: '2026-01-05', returnInterviewAttended: false }, { date: '2026-02-06' }],
      riskSexualExploitation: false,
      riskCriminalExploitation: true,
      riskRadicalisation: true,
      activeStatuses: [{ status: 'Open to the youth justice service', plan: 'Referral order' }],
      activeStatusesWhole: true,
      person: { nhsNumber: testNhsNumber(303) },
    });
  });

  it.each(crimeRecordFormats.map((name) => [name]))('is known as %s, and by its shape', (format) => {
    expect(told(full, { format })).toEqual(told(full));
    expect(told({}, { format }).items).toMatchObject([{ outcome: 'fact' }]);
  });

  it.each([
    ['the subject', { observedat }, ['Hub-Subject']],
    ['the time', { subject }, ['Hub-Observed-At']],
    ['both', {}, ['Hub-Subject', 'Hub-Observed-At']],
    ['the number after its kind', { subject: 'nhs: ', observedat }, ['Hub-Subject']],
    ['a time that is one', { subject, observedat: 'yesterday' }, ['Hub-Observed-At']],
  ])('without %s cannot be placed, and says which header it lacks', (_, attributes, headers) => {
    const items = told(full, { attributes }).items;
    expect(items.map((item) => ('pointer' in item ? item.pointer : undefined))).toEqual(headers);
    for (const item of items) {
      expect(item).toMatchObject({ outcome: 'quarantined', reason: { detail: expect.stringMatching(/^Hub-/) } });
      expect(JSON.stringify(item)).not.toContain(testNhsNumber(303));
    }
  });

  it('is of one record, however its number is spelt, and of the source’s own record where that is named', () => {
    const keys = [` NHS: ${testNhsNumber(303).replace(/^(...)/, '$1 ')}`, 'nominal-70101', 'nominal:70101'].map(
      (text) => factsIn(told(full, { attributes: { subject: text, observedat } }))[0]?.record,
    );
    expect(keys).toMatchObject([
      { key: subject, person: { identifiers: [{ kind: 'nhs' }] } },
      { key: 'nominal-70101', person: { identifiers: [] } },
      { key: 'nominal:70101', person: { identifiers: [] } },
    ]);
  });

  it('that cannot be read in a part is recorded without it, and what is not read does not end', () => {
    const body = crimeRecord(full);
    for (const [pointer, value] of [
      ['/riskSexualExploitation', 'perhaps'],
      ['/missingEpisodes/1/date', '30/10/2025'],
      ['/crimeActiveStatusesAndPlans/0/status', null],
      ['/lastPoliceProtectionPowerEvent', 'last year'],
      ['/servicesKnownTo', 'Police'],
    ] as const) {
      const { items } = translate(message(withValue(body, pointer, value)));
      expect(items).toMatchObject([{ outcome: 'fact' }, { outcome: 'quarantined', pointer }]);
      expect(JSON.stringify(items[1])).not.toContain(value ?? 'nothing');
    }
    const unread = withValue(body, '/crimeActiveStatusesAndPlans/0/status', 7);
    expect(recorded(unread)).not.toHaveProperty('activeStatusesWhole');
  });

  it('that says two things of one episode is recorded with the episode alone', () => {
    const twice = [
      { date: '2026-01-05', interviewed: true },
      { date: '2026-01-05', interviewed: false },
    ];
    expect(reasons({ body: Buffer.from(JSON.stringify(crimeRecord({ ...full, episodes: twice }))) })).toMatchObject([
      { outcome: 'fact' },
      [{ code: 'contradiction' }, '/missingEpisodes'],
    ]);
    expect(recorded(crimeRecord({ episodes: twice }))).toMatchObject({ missingEpisodes: [{ date: '2026-01-05' }] });
  });

  it('with fields that the hub does not know says so, and not which', () => {
    const { items } = translate(message({ ...crimeRecord(full), fennimoorNote: 'x' }));
    expect(items).toMatchObject([{ outcome: 'fact', note: { code: 'fields-not-read' } }]);
    expect(JSON.stringify(items.map((item) => ('note' in item ? item.note : '')))).not.toContain('fennimoor');
  });

  it('is not taken for one when it is a list, or another agency’s record', () => {
    for (const body of [[crimeRecord(full)], { missingEpisodes: [] }, 'x', null])
      expect(translate(message(body)).items).toMatchObject([{ reason: { code: 'unknown-format' } }]);
  });
});

describe('what a police record changes', () => {
  const reading = snapshotReading(crimeRecordType);
  const factsOf = (...records: SimulatedCrimeRecord[]) => {
    const snapshots = records.flatMap((record) =>
      factsIn(told(record)).flatMap(({ data }) => reading?.read(data) ?? []),
    );
    return changesThrough(snapshots).map((changes, at) =>
      changes
        .flatMap((change) => reading?.facts(change, `2026-03-0${at + 1}T08:00:00Z`) ?? [])
        .map(({ type, occurred, data }) => [type.replace('hub.police.v1.', ''), occurred.at, decode(type, data)]),
    );
  };

  it('is told of each part in its own event: dated ones on their day, the others when they were seen', () => {
    const observedAt = '2026-03-01T08:00:00Z';
    const status = { status: 'Open to the youth justice service', plan: 'Referral order', observedAt };
    expect(factsOf(full)[0]).toEqual([
      ['PoliceMarkerChanged', observedAt, { details: 'Dog at the address', observedAt }],
      ['KnownServiceListed', observedAt, { service: 'Police' }],
      ['KnownServiceListed', observedAt, { service: 'Fernhill youth club' }],
      ['PoliceProtectionUsed', '2025-11-02', { usedOn: '2025-11-02' }],
      ['MissingEpisodeListed', '2026-01-05', { beganOn: '2026-01-05' }],
      ['ReturnInterviewNoted', observedAt, { episodeBeganOn: '2026-01-05', observedAt }],
      ['MissingEpisodeListed', '2026-02-06', { beganOn: '2026-02-06' }],
      ['RiskFlagChanged', observedAt, { risk: 'RISK_SEXUAL_EXPLOITATION', observedAt }],
      ['RiskFlagChanged', observedAt, { risk: 'RISK_CRIMINAL_EXPLOITATION', atRisk: true, observedAt }],
      ['RadicalisationRiskChanged', observedAt, { atRisk: true, observedAt }],
      ['ActiveStatusChanged', observedAt, status],
    ]);
  });

  it('is nothing for None, and nothing for a status listed without the plan it had', () => {
    const status = 'Open to the youth justice service';
    expect(factsOf({ protection: 'None' })).toEqual([[]]);
    expect(factsOf(full, { statuses: [{ status }] })[1]).toEqual([]);
    expect(factsOf(full, {})[1]).toEqual([]);
  });

  it('is an end for a status that the list no longer has, and for nothing else', () => {
    const empty = { services: [], episodes: [], statuses: [] };
    expect(factsOf(full, empty)[1]?.map(([type, , data]) => [type, data])).toMatchObject([
      ['ActiveStatusChanged', { status: 'Open to the youth justice service', ended: true }],
    ]);
  });
});

const riskNames = {
  sexual: 'riskSexualExploitation',
  criminal: 'riskCriminalExploitation',
  radicalisation: 'riskRadicalisation',
  slavery: 'riskModernSlaveryAndTrafficking',
  gangs: 'riskGangsAndYouthViolence',
} as const;

function written({ date, interviewed }: { readonly date: string; readonly interviewed?: boolean }) {
  return { date, ...(interviewed === undefined ? {} : { returnInterviewAttended: interviewed }) };
}
