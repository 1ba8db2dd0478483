// What schools and an authority's education services send, in every format they speak: for round trips, and for fuzzing.
import fc from 'fast-check';
import { educationKinds } from '../../adapters/education/record-kinds.js';
import { recordsAsCsv, recordsAsJson } from '../../simulations/agency-records.js';
import { educationRecord } from '../../simulations/education-record.js';
import { agencyRecords } from './records.js';
import { anyText } from './values.js';

const status = fc.record({ status: anyText, plan: anyText }, { requiredKeys: ['status'] });
const percentage = fc.nat(1000).map((tenths) => tenths / 10);
const year = fc.record(
  {
    year: fc.integer({ min: 2015, max: 2026 }),
    attendance: percentage,
    unauthorised: percentage,
    suspensions: fc.nat(20),
    exclusions: fc.nat(2),
    moves: fc.nat(5),
  },
  { requiredKeys: ['year'] },
);

export const educationRecordsSeen = fc.record(
  {
    setting: anyText,
    statuses: fc.uniqueArray(status, { selector: (one) => one.status, maxLength: 4 }),
    years: fc.uniqueArray(year, { selector: (one) => one.year, maxLength: 4 }),
  },
  { requiredKeys: [] },
);

export const educationRecords = agencyRecords(educationKinds);

/** A file of every format, as it would be sent, with the format's name. */
export const educationFiles: fc.Arbitrary<readonly [format: string, file: string]> = fc.oneof(
  educationRecordsSeen.map((one) => ['EducationDetailsRecordV1', JSON.stringify(educationRecord(one))] as const),
  educationRecords.map((records) => ['agency-records.v1', recordsAsJson(records)] as const),
  educationRecords.map((records) => ['agency-records.v1', recordsAsCsv(records)] as const),
);
