import { defineAdapter } from '../../kernel/adapter.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { readable } from '../reading/bad-part.js';
import { healthRecordChanges } from './health-record-changes.js';
import { healthRecord, healthRecordFormats, healthRecordType, looksLikeHealthRecord } from './health-record.js';

export const healthAdapter = defineAdapter({
  agency: 'health',
  formats: {
    ...canonicalFormats('health'),
    ...Object.fromEntries(healthRecordFormats.map((name) => [name, readable(healthRecord)])),
  },
  recognise: (message) => (looksLikeHealthRecord(message) ? healthRecordFormats[0] : undefined),
  snapshots: { [healthRecordType]: healthRecordChanges },
});
