import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencyOfType, catalogue } from '../../contracts/catalogue.js';
import { headerFields, headerOf, headerTypes } from './header.fold.js';
import type { HeaderFact } from './header-fact.js';
import type { OpenReports } from './whereabouts.js';

const at = '2026-03-03T12:00:00Z';
let serial = 0;
const fact = (type: string, occurredAt: string, content: HeaderFact['content'] = {}): HeaderFact => {
  const agency = agencyOfType(type);
  if (!agency) throw new Error(`${type} is no agency's`);
  serial += 1;
  return { entry: `entry-${serial}`, record: 'record', type, agency, occurredAt, content };
};
const judged = (level: string, judgedOn: string, more = {}): HeaderFact =>
  fact('hub.yos.v1.RiskJudged', `${judgedOn}T10:00:00Z`, {
    judgement: 'JUDGEMENT_HARM_TO_OTHERS',
    level,
    judgedOn,
    ...more,
  });
const planned = (appointmentReference: string, plannedFor: string, more = {}): HeaderFact =>
  fact('hub.yos.v1.AppointmentPlanned', '2026-02-01T09:00:00Z', { appointmentReference, plannedFor, ...more });
const result = (resultTitle: string, orderedOn: string, more = {}): HeaderFact =>
  fact('hub.court.v1.ResultRecorded', `${orderedOn}T00:00:00Z`, { resultTitle, orderedOn, ...more });
const texts = (field: (typeof headerFields)[number], ...facts: HeaderFact[]): string[] =>
  headerOf(facts, at)[field].map(({ text, when, detail }) => [text, when, detail].filter(Boolean).join(' · '));

describe('the header', () => {
  it('is the same whatever the order of the facts', () => {
    const word = fc.constantFrom(
      '',
      'a',
      'b',
      'KIND_ALLERGY',
      'LEVEL_HIGH',
      '2026-03-01',
      '2026-04-01',
      at,
      '6 months',
    );
    const content = fc.record({
      judgement: fc.constantFrom('JUDGEMENT_REOFFENDING', 'JUDGEMENT_HARM_TO_OTHERS'),
      level: word,
      judgedOn: word,
      kind: word,
      endedOn: word,
      startedOn: word,
      plannedFor: word,
      appointmentReference: word,
      custodyNumber: word,
      outcome: fc.constantFrom('OUTCOME_BAILED', 'OUTCOME_KEPT_FOR_COURT'),
      resultTitle: fc.constantFrom('Referral order', 'Remanded on bail', 'Fine'),
      resultCategory: fc.constantFrom('FINAL', 'ANCILLARY'),
      terms: fc.array(fc.record({ label: fc.constantFrom('Length', 'Curfew'), value: word }), { maxLength: 2 }),
      worker: word,
      orderReference: word,
      madeOn: word,
      endsOn: word,
      variedOn: word,
      asOf: word,
      requirementReference: word,
      completeBy: word,
      hoursRequired: fc.constantFrom(0, 40),
      hoursDone: fc.constantFrom(0, 12.5),
      person: fc.record({ birthDate: word }),
      coversFrom: word,
      coversUntil: word,
      establishment: word,
      needs: fc.array(word, { maxLength: 2 }),
      status: word,
      responsibleAuthority: word,
    });
    const facts = fc.uniqueArray(
      fc.record({
        entry: fc.uuid(),
        record: fc.constantFrom('one', 'two'),
        type: fc.constantFrom(...headerTypes),
        agency: fc.constant('yos' as const),
        occurredAt: fc.constantFrom('2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-03-04T00:00:00Z'),
        content,
      }),
      { selector: ({ entry }) => entry, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        facts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => expect(headerOf(shuffled, at)).toEqual(headerOf(all, at)),
      ),
      { numRuns: 500 },
    );
  });

  it('has every field, empty where nothing came', () => {
    expect(Object.keys(headerOf([], at)).toSorted()).toEqual([...headerFields].toSorted());
    expect(Object.values(headerOf([], at)).flat()).toEqual([]);
  });

  it('takes nothing from the future but what is planned for it', () => {
    expect(texts('harm-to-others', judged('LEVEL_HIGH', '2026-03-04'))).toEqual([]);
    expect(texts('next', planned('A', '2026-03-09T10:00:00Z', { purpose: 'home visit', place: 'home' }))).toEqual([
      'Home visit · on 9 March 2026 at 10:00 · home',
    ]);
  });

  it('says what comes first, appointment or hearing, and a hearing without a time until its day is over', () => {
    const listed = (listedFor: string, more = {}): HeaderFact =>
      fact('hub.court.v1.HearingListed', '2026-02-01T09:00:00Z', {
        hearingId: listedFor,
        listedFor,
        hearingType: 'Sentence',
        court: 'Fernhill',
        ...more,
      });
    const appointment = planned('A', '2026-03-09T10:00:00Z', { purpose: 'supervision' });
    expect(texts('next', appointment, listed('2026-03-05'))).toEqual([
      'Hearing: Sentence · on 5 March 2026 · Fernhill',
    ]);
    expect(texts('next', appointment, listed(at.slice(0, 10)))).toEqual([expect.stringContaining('Hearing: Sentence')]);
    expect(texts('next', appointment, listed('2026-03-05T09:30:00Z', { vacated: true }))).toEqual([
      'Supervision · on 9 March 2026 at 10:00',
    ]);
    expect(texts('overdue', listed('2026-01-05'))).toEqual([]);
  });

  it('shows the newest judgement, dated, and whether it is countersigned', () => {
    const signed = { countersignedOn: '2026-01-07', countersignedBy: 'Toni Manager' };
    expect(texts('harm-to-others', judged('LEVEL_LOW', '2026-01-05', signed))).toEqual([
      'Low · judged on 5 January 2026 · countersigned 7 January 2026 by Toni Manager',
    ]);
    expect(
      texts('harm-to-others', judged('LEVEL_HIGH', '2026-02-05'), judged('LEVEL_LOW', '2026-01-05', signed)),
    ).toEqual(['High · judged on 5 February 2026 · not countersigned']);
  });

  it('puts the report of an episode that lasts before the placement, and no other report', () => {
    const placed = fact('hub.social_care.v1.PlacementRecorded', '2026-01-01T09:00:00Z', {
      startedOn: '2026-01-01',
      kind: 'childrens-home',
      area: 'Alderbrook',
    });
    const reported = fact('hub.police.v1.MissingReported', '2026-03-02T23:40:00Z', { reportReference: 'MR-1' });
    const home = 'Children’s home · since 1 January 2026 · Alderbrook';
    const where = (open: OpenReports) =>
      headerOf([placed, reported], at, open).where.map(({ text, when, detail }) => [text, when, detail].join(' · '));
    expect(where(new Map())).toEqual([home]);
    expect(where(new Map([[reported.entry, 'missing']]))).toEqual([
      'Reported missing · since 2 March 2026 at 23:40 · not reported found',
      home,
    ]);
    expect(where(new Map([[reported.entry, 'away']]))[0]).toMatch(/^Away from placement without authorisation/);
  });

  it('says that a child is held at a police station, until the detention ends or cannot last any longer', () => {
    const began = (time: string) =>
      fact('hub.police.v1.DetentionAuthorised', time, { custodyNumber: 'C-1', station: 'Fernhill' });
    const ended = (outcome: string) =>
      fact('hub.police.v1.DetentionEnded', '2026-03-03T10:00:00Z', { custodyNumber: 'C-1', outcome });
    const held = 'In police custody · since 3 March 2026 at 01:00 · Fernhill';
    expect(texts('where', began('2026-03-03T01:00:00Z'))).toEqual([held]);
    expect(texts('where', began('2026-03-03T01:00:00Z'), ended('OUTCOME_BAILED'))).toEqual([]);
    expect(texts('where', began('2026-03-03T01:00:00Z'), ended('OUTCOME_KEPT_FOR_COURT'))).toEqual([
      'Kept at the police station for court · since 3 March 2026 at 10:00 · Fernhill',
    ]);
    expect(texts('where', began('2026-02-26T01:00:00Z'))).toEqual([]);
    const received = fact('hub.secure_estate.v1.ReceivedIntoCustody', '2026-03-03T11:00:00Z', { establishment: 'FHI' });
    expect(texts('where', began('2026-03-03T01:00:00Z'), received)).toEqual([
      'In custody: FHI · since 3 March 2026 at 11:00',
    ]);
  });

  it('puts custody before the placement, and before a report that it came after', () => {
    const at = (time: string, type: string, content = {}) => fact(`hub.${type}`, time, content);
    const placed = at('2026-01-01T09:00:00Z', 'social_care.v1.PlacementRecorded', {
      startedOn: '2026-01-01',
      kind: 'parents',
    });
    const reported = at('2026-02-01T09:00:00Z', 'police.v1.MissingReported', { reportReference: 'MR-1' });
    const received = at('2026-02-03T16:00:00Z', 'secure_estate.v1.ReceivedIntoCustody', { establishment: 'FHI' });
    const released = at('2026-03-01T10:00:00Z', 'secure_estate.v1.ReleasedFromCustody', { establishment: 'FHI' });
    const inside = 'In custody: FHI · since 3 February 2026 at 16:00';
    expect(texts('where', placed, reported, received)).toEqual([inside]);
    expect(texts('where', placed, received, released)).toEqual(['With parents · since 1 January 2026']);
    expect(texts('where', received, released)).toEqual(['Released from custody · since 1 March 2026 at 10:00 · FHI']);
  });

  it('names who covers while the cover holds, and not once the case is allocated anew', () => {
    const cover = (coversFrom: string, coversUntil = '') =>
      fact('hub.yos.v1.CoverArranged', '2026-02-20T09:00:00Z', { worker: 'sam', coversFrom, coversUntil });
    expect(texts('cover', cover('2026-03-01T09:00:00Z'))).toEqual([
      'sam · since 1 March 2026 at 09:00 · until further notice',
    ]);
    expect(texts('cover', cover('2026-03-04T09:00:00Z'))).toEqual([]);
    expect(texts('cover', cover('2026-03-01T09:00:00Z', '2026-03-02T09:00:00Z'))[0]).toMatch(/^None now/);
    const anew = fact('hub.yos.v1.CaseAllocated', '2026-03-02T09:00:00Z', { worker: 'other' });
    expect(texts('cover', cover('2026-03-01T09:00:00Z'), anew)[0]).toMatch(/^None now/);
  });

  it('shows an order while its length says that it runs, once for all offences, and says when the last one ended', () => {
    const length = (value: string) => ({ terms: [{ label: 'Length', value }] });
    const order = (value: string, offenceId: string) =>
      result('Referral order', '2026-01-10', { ...length(value), offenceId });
    expect(texts('orders', order('6 months', 'a'), order('6 months', 'b'))).toEqual([
      'Referral order · since 10 January 2026 · until 9 July 2026',
    ]);
    expect(texts('orders', order('1 month', 'a'))).toEqual(['None running · the last ended on 9 February 2026']);
  });

  it('is made of nothing that is about a victim', () => {
    expect(headerTypes.filter((type) => catalogue.get(type)?.category === 'victim')).toEqual([]);
  });

  it('shows bail until the final result of that offence, and a curfew of what is in force', () => {
    const bail = result('Conditional bail', '2026-02-10', {
      offenceId: 'a',
      resultCategory: 'ANCILLARY',
      terms: [{ label: 'Curfew', value: '19:00 to 07:00' }],
    });
    const final = (offenceId: string) => result('Fine', '2026-02-20', { offenceId, resultCategory: 'FINAL' });
    expect(texts('bail', bail, final('b'))).toEqual(['Conditional bail · since 10 February 2026']);
    expect(texts('tag', bail)).toEqual(['Curfew · since 10 February 2026 · 19:00 to 07:00']);
    expect(texts('bail', bail, final('a'))[0]).toMatch(/^None now/);
    expect(texts('tag', bail, final('a'))).toEqual([]);
  });

  it('calls an appointment overdue once its time has gone by without an outcome, unless it was called off', () => {
    const late = planned('A', '2026-03-01T10:00:00Z', { purpose: 'reparation' });
    const outcome = fact('hub.yos.v1.AppointmentRecorded', '2026-03-01T10:00:00Z', { appointmentReference: 'A' });
    expect(texts('overdue', late)).toEqual(['Reparation · on 1 March 2026 at 10:00 · no outcome recorded']);
    expect(texts('overdue', late, outcome)[0]).toMatch(/^Nothing overdue/);
    expect(texts('overdue', planned('A', '2026-03-01T10:00:00Z', { cancelled: true }))[0]).toMatch(/^Nothing overdue/);
  });

  it('names who holds the case, and says when it was closed', () => {
    const allocated = fact('hub.yos.v1.CaseAllocated', '2026-01-01T09:00:00Z', {
      worker: 'casey.manager',
      workerName: 'Casey Manager',
      team: 'Fernhill East',
    });
    const closed = fact('hub.yos.v1.CaseClosed', '2026-02-01T09:00:00Z');
    expect(texts('case-manager', allocated)).toEqual(['Casey Manager · since 1 January 2026 at 09:00 · Fernhill East']);
    expect(texts('case-manager', allocated, closed)).toEqual(['Case closed · since 1 February 2026 at 09:00']);
  });
});
