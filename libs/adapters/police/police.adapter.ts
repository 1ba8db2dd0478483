import { defineAdapter } from '../../kernel/adapter.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { readable } from '../reading/bad-part.js';
import { crimeRecordChanges } from './crime-record-changes.js';
import {
  crimeRecord,
  crimeRecordFormat,
  crimeRecordFormats,
  crimeRecordType,
  looksLikeCrimeRecord,
} from './crime-record.js';

export const policeAdapter = defineAdapter({
  agency: 'police',
  formats: {
    ...canonicalFormats('police'),
    ...Object.fromEntries(crimeRecordFormats.map((name) => [name, readable(crimeRecord)])),
  },
  recognise: (message) => (looksLikeCrimeRecord(message) ? crimeRecordFormat : undefined),
  snapshots: { [crimeRecordType]: crimeRecordChanges },
});
