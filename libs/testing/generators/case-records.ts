// Exports of case systems with values of their own, for round trips and for fuzzing.
import fc from 'fast-check';
import { everyCaseRecord, everyCustodyRecord, type SimulatedRecord } from '../../simulations/case-records.js';
import type { Simulated } from '../../simulations/people.js';
import { instants } from './domain-events.js';

const person: Simulated = { givenNames: 'Kit', familyName: 'Fennimoor', birthDate: '2010-05-06' };
const at = '2026-02-01T22:10:00Z';

// What stands for one of a list, and whose the record is: drawn anew, it would mean something else or nothing.
const kept = [
  'kind',
  'givenNames',
  'familyName',
  'dateOfBirth',
  'flagType',
  'exploitationType',
  'strength',
  'orderType',
  'requirementType',
  'stage',
  'judgement',
  'level',
  'section',
  'outcome',
  'reportType',
  'proposes',
  'incidentType',
  'contactType',
  'actionType',
  'establishmentType',
  'basis',
];
// Free text in some kinds, and one of a list in others.
const keptOf: Readonly<Record<string, readonly string[]>> = {
  'order-ended': ['reason'],
  'out-of-court-panel': ['decision'],
  'temporary-release': ['decision'],
};

const days = instants.map((time) => time.slice(0, 10));
const words = fc.stringMatching(/^[A-Z]{3}[0-9]{6}$/);

/** A record of any kind of the case system, its values drawn. */
export const caseRecords = drawnFrom(everyCaseRecord(person, at));
/** The same of an establishment. */
export const custodyRecords = drawnFrom(everyCustodyRecord(person, at));

function drawnFrom(records: readonly SimulatedRecord[]): fc.Arbitrary<SimulatedRecord> {
  return fc.constantFrom(...records).chain((record) => {
    const drawn = Object.entries(record).map(([name, value]) => {
      const fixed = kept.includes(name) || keptOf[record.kind]?.includes(name) === true;
      return [name, fixed ? fc.constant(value) : like(value)] as const;
    });
    return fc.record(Object.fromEntries(drawn)).map((values) => ({ ...values, kind: record.kind }));
  });
}

function like(value: SimulatedRecord[string]): fc.Arbitrary<SimulatedRecord[string]> {
  if (typeof value === 'boolean') return fc.boolean();
  if (typeof value === 'number') return fc.integer({ min: 0, max: 400 }).map((halves) => halves / 2);
  if (typeof value === 'object') return fc.array(words, { minLength: 1, maxLength: 3 });
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return instants;
  return /^\d{4}-\d\d-\d\d$/.test(value) ? days : words;
}
