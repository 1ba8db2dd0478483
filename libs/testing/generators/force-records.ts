// Custody and missing records of a force, and what must come of each: for round trips, and for fuzzing.
import type { JsonObject } from '@bufbuild/protobuf';
import fc from 'fast-check';
import {
  custodyRecord,
  missingRecord,
  type SimulatedEntry,
  type SimulatedForceRecord,
} from '../../simulations/force-record.js';
import { testArrestSummonsNumber, testPncId } from '../../simulations/people.js';

/** A fact that a record is meant to be: its name, its key after type and record, and what it says but the person. */
export interface Meant {
  readonly type: string;
  readonly key: readonly string[];
  readonly content: JsonObject;
}

export interface GeneratedRecord {
  readonly body: { readonly entries: readonly SimulatedEntry[] };
  readonly nominal: string;
  readonly meant: readonly Meant[];
}

const instants = fc
  .date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2026-06-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const days = instants.map((at) => at.slice(0, 10));
const serials = fc.integer({ min: 1, max: 9999 });
const words = fc.constantFrom('yos', 'parent', 'Fernhill', 'Says it’s "not fair" & <left>', 'x');

const drawn = fc.record({ at: instants, later: instants, day: days, serial: serials, words, flag: fc.boolean() });
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

interface Said {
  readonly entry: SimulatedEntry;
  readonly meant: Meant;
}

/** Proto's JSON leaves out what is false. */
const ifSo = (name: string, flag: boolean): JsonObject => (flag ? { [name]: true } : {});

function entry(action: string, at: string, fields: Omit<SimulatedEntry, 'action' | 'at'>): SimulatedEntry {
  return { action, at, ...fields };
}

function ofCustody(custodyNumber: string): readonly ((d: Drawn) => Said)[] {
  const offence = { offenceCode: 'TH68010', offence: 'Theft from a shop' };
  const meantOffence = { offenceCode: 'TH68010', offenceTitle: 'Theft from a shop' };
  const meant = (name: string, key: readonly string[], content: JsonObject): Meant => ({
    type: `hub.police.v1.${name}`,
    key,
    content: { custodyNumber, ...content },
  });
  return [
    ({ at }) => ({
      entry: entry('ARREST', at, offence),
      meant: meant('Arrested', [custodyNumber], { ...meantOffence, force: '99' }),
    }),
    ({ at, later, words: grounds }) => ({
      entry: entry('DETENTION_AUTHORISED', at, { relevantTime: later, grounds }),
      meant: meant('DetentionAuthorised', [custodyNumber], {
        relevantTime: later,
        grounds,
        station: 'Fernhill',
        force: '99',
      }),
    }),
    ({ at, later, serial }) => ({
      entry: entry('review', at, { number: serial, decision: 'CONTINUE', nextDue: later }),
      meant: meant('DetentionReviewed', [custodyNumber, String(serial)], {
        reviewNumber: serial,
        outcome: 'OUTCOME_CONTINUED',
        nextReviewDue: later,
      }),
    }),
    ({ at, serial, words: askedOf }) => ({
      entry: entry('AA_REQUEST', at, { reference: `AA-${serial}`, askedOf }),
      meant: meant('AppropriateAdultRequested', [`AA-${serial}`], {
        requestReference: `AA-${serial}`,
        requestedFrom: askedOf,
      }),
    }),
    ({ at, serial }) => ({
      entry: entry('AA_ARRIVED', at, { reference: `AA-${serial}`, suppliedBy: 'yos' }),
      meant: meant('AppropriateAdultAttended', [`AA-${serial}`], {
        requestReference: `AA-${serial}`,
        providedBy: 'yos',
      }),
    }),
    ({ at, day, serial }) => ({
      entry: entry('CHARGE', at, { ...offence, asn: testArrestSummonsNumber(2026, serial), firstHearing: day }),
      meant: meant('Charged', [testArrestSummonsNumber(2026, serial), 'TH68010'], {
        ...meantOffence,
        arrestSummonsNumber: testArrestSummonsNumber(2026, serial),
        firstHearingOn: day,
      }),
    }),
    ({ at, day, words: reason }) => ({
      entry: entry('BAIL_REFUSED', at, { reason, courtDate: day }),
      meant: meant('BailRefused', [custodyNumber], { reason, courtDate: day }),
    }),
    ({ at, serial, flag }) => ({
      entry: entry('LA_ACCOMMODATION_REQUEST', at, { reference: `LA-${serial}`, authority: 'Fernhill', secure: flag }),
      meant: meant('LocalAuthorityAccommodationRequested', [`LA-${serial}`], {
        requestReference: `LA-${serial}`,
        authority: 'Fernhill',
        ...ifSo('secure', flag),
      }),
    }),
    ({ at, serial }) => ({
      entry: entry('LA_ACCOMMODATION_ANSWER', at, { reference: `LA-${serial}`, answer: 'NO_SECURE' }),
      meant: meant('LocalAuthorityAccommodationAnswered', [`LA-${serial}`], {
        requestReference: `LA-${serial}`,
        answer: 'ANSWER_NO_SECURE_AVAILABLE',
      }),
    }),
    ({ at, words: reason }) => ({
      entry: entry('S38_CERTIFICATE', at, { ground: 'IMPRACTICABLE', reason }),
      meant: meant('DetentionCertificateIssued', [custodyNumber], { ground: 'GROUND_IMPRACTICABLE', reason }),
    }),
    ({ at, day, words: condition }) => ({
      entry: entry('BAIL', at, { stage: 'PRE_CHARGE', returnOn: day, conditions: [condition, 'Curfew'] }),
      meant: meant('ReleasedOnBail', [custodyNumber, '1'], {
        stage: 'STAGE_PRE_CHARGE',
        returnOn: day,
        conditions: [condition, 'Curfew'],
      }),
    }),
    ({ at, day, serial }) => ({
      entry: entry('DISPOSAL', at, { ...offence, reference: `D-${serial}`, kind: 'OUTCOME_22', givenOn: day }),
      meant: meant('OutOfCourtDisposalGiven', [`D-${serial}`], {
        ...meantOffence,
        disposalReference: `D-${serial}`,
        kind: 'KIND_OUTCOME_22',
        givenOn: day,
        force: '99',
      }),
    }),
    ({ at }) => ({
      entry: entry('DETENTION_ENDED', at, { how: 'KEPT_FOR_COURT' }),
      meant: meant('DetentionEnded', [custodyNumber], { outcome: 'OUTCOME_KEPT_FOR_COURT' }),
    }),
    ({ at, serial, words: concern }) => ({
      entry: entry('PUBLIC_PROTECTION_NOTICE', at, { reference: `P-${serial}`, concern }),
      meant: meant('PublicProtectionNoticeIssued', [`P-${serial}`], {
        noticeReference: `P-${serial}`,
        concern,
        force: '99',
      }),
    }),
  ];
}

function ofMissing(reportReference: string): readonly ((d: Drawn) => Said)[] {
  const meant = (name: string, key: readonly string[], content: JsonObject): Meant => ({
    type: `hub.police.v1.${name}`,
    key,
    content,
  });
  return [
    ({ at, words: place }) => ({
      entry: entry('FOUND', at, { place }),
      meant: meant('MissingFound', [reportReference], { reportReference, foundAt: place }),
    }),
    ({ at, flag }) => ({
      entry: entry('RETURNED', at, { to: flag ? 'HOME' : 'police_custody' }),
      meant: meant('ChildReturned', [reportReference], {
        reportReference,
        returnedTo: flag ? 'RETURNED_TO_HOME' : 'RETURNED_TO_POLICE_CUSTODY',
      }),
    }),
    ({ at, words: reason }) => ({
      entry: entry('PREVENTION_INTERVIEW', at, { outcome: 'NOT_HELD', reason }),
      meant: meant('PreventionInterviewRecorded', [reportReference], {
        reportReference,
        outcome: 'OUTCOME_NOT_HELD',
        reason,
      }),
    }),
    ({ at, serial, day, words: detail }) => ({
      entry: entry('EXPLOITATION_INDICATOR', at, { reference: `E-${serial}`, kind: 'CCE', detail, observedOn: day }),
      meant: meant('ExploitationIndicatorRecorded', [`E-${serial}`], {
        indicatorReference: `E-${serial}`,
        kind: 'EXPLOITATION_KIND_CRIMINAL',
        detail,
        observedOn: day,
      }),
    }),
  ];
}

const people = fc.record({
  nominal: serials.map((serial) => `nominal-${serial}`),
  person: serials.map((serial) => ({
    givenNames: 'Kit',
    familyName: 'Fennimoor',
    birthDate: '2010-05-06',
    pncId: testPncId(2024, serial),
  })),
  recordedAt: instants,
});

function written<T extends Pick<SimulatedForceRecord, 'nominal' | 'person' | 'recordedAt'>>(
  kinds: readonly ((d: Drawn) => Said)[],
  who: fc.Arbitrary<T>,
  build: (record: SimulatedForceRecord) => GeneratedRecord['body'],
  head: readonly Meant[],
): fc.Arbitrary<GeneratedRecord> {
  // One of a kind: two of one kind with one key would contradict each other.
  const said = fc.shuffledSubarray([...kinds]).chain((some) => fc.tuple(...some.map((kind) => drawn.map(kind))));
  return fc.tuple(who, said).map(([{ nominal, person, recordedAt }, parts]) => ({
    body: build({ nominal, person, recordedAt, entries: parts.map((part) => part.entry) }),
    nominal,
    meant: [...head, ...parts.map((part) => part.meant)],
  }));
}

export const custodyRecords: fc.Arbitrary<GeneratedRecord> = serials.chain((serial) => {
  const number = `99TC/${serial}/26`;
  return written(ofCustody(number), people, (record) => custodyRecord(number, record), []);
});

export const missingRecords: fc.Arbitrary<GeneratedRecord> = fc.tuple(serials, instants).chain(([serial, at]) => {
  const reference = `MR-${serial}`;
  const report = { reference, reportedAt: at, risk: 'HIGH', reportedBy: 'carer', lastSeenAt: at };
  return written(ofMissing(reference), people, (record) => missingRecord(report, record), [
    {
      type: 'hub.police.v1.MissingReported',
      key: [reference],
      content: {
        reportReference: reference,
        risk: 'RISK_GRADE_HIGH',
        reportedBy: 'carer',
        lastSeenAt: at,
        force: '99',
      },
    },
  ]);
});
