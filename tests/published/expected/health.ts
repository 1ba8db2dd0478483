import { type Expected, unread } from './what-comes-of-it.js';

/** A snapshot without a person or a time of its own: nowhere to put it, unless the publisher says whose it is and when it was seen. */
function healthRecord(subject: string, changes: number): readonly Expected[] {
  const observedat = '2025-12-01T09:00:00Z';
  const type = 'hub.health.v1.HealthRecordObserved';
  return [
    {
      agency: 'health',
      outcomes: [
        ['quarantined', 'no-subject', 'Hub-Subject'],
        ['quarantined', 'no-observed-at', 'Hub-Observed-At'],
      ],
    },
    {
      agency: 'health',
      attributes: { subject, observedat },
      changes,
      facts: [
        { type, record: subject, key: [observedat], occurred: observedat, onlyIfKnown: null, identifiers: ['nhs'] },
      ],
    },
  ];
}

export const health: Readonly<Record<string, readonly Expected[]>> = {
  'dfe-sui-health-custodian-index.json': unread('health'),
  // The number fails its own checksum: the record is kept under it, and links nobody.
  'dfe-sui-health-data-9991234566.json': healthRecord('nhs:9991234566', 8),
  'mns-cloudevent-patientflags-change-1.json': unread('health'),
  'mns-fhir-signal-nhs-number-change-2.json': unread('health'),
  'mns-fhir-signal-patientflags-change-1.json': unread('health'),
  'mns-fhir-signal-pds-death-notification-2.json': unread('health'),
  'mns-fhir-signal-pds-record-change-2.json': unread('health'),
  'mns-fhirsignal.schema.json': unread('health'),
  'mns-legacy-v1-pds-change-of-gp-1.json': unread('health'),
  'nems-pds-change-of-gp-1-bundle.xml': unread('health'),
};
