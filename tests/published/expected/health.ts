import type { Expected } from './what-comes-of-it.js';

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

const record = 'nhs:9912003888';

/** One event of the patient register, delivered by whichever service: a fact of one number. */
function notification(
  type: string,
  id: string,
  occurred: string,
  more: Pick<Expected, 'releases' | 'historic'> & { readonly onlyIfKnown?: null } = {},
): readonly Expected[] {
  const { onlyIfKnown = 'not-shown-to-be-a-child', ...of } = more;
  return [
    {
      agency: 'health',
      ...of,
      facts: [{ type: `hub.health.v1.${type}`, record, key: [id], occurred, onlyIfKnown, identifiers: ['nhs'] }],
    },
  ];
}

const at = '2020-06-01T13:00:00Z';

export const health: Readonly<Record<string, readonly Expected[]>> = {
  // A list of records, with personal numbers: which record says what is asked of the custodian, and comes as a snapshot.
  'dfe-sui-health-custodian-index.json': [{ agency: 'health', outcomes: [['ignored', 'index']] }],
  // The number fails its own checksum: the record is kept under it, and links nobody.
  'dfe-sui-health-data-9991234566.json': healthRecord('nhs:9991234566', 8),
  // The same event as a CloudEvent and as a FHIR bundle is the same fact: nobody is known by its number, and it is held.
  'mns-cloudevent-patientflags-change-1.json': notification(
    'PatientFlagChanged',
    '16dbfb42-b5c0-4831-8258-f1a4d2491748',
    at,
  ),
  'mns-fhir-signal-patientflags-change-1.json': notification(
    'PatientFlagChanged',
    '16dbfb42-b5c0-4831-8258-f1a4d2491748',
    at,
  ),
  'mns-fhir-signal-nhs-number-change-2.json': notification(
    'NhsNumberChanged',
    '685aec28-70bb-4763-853b-2bdc07a44415',
    at,
  ),
  'mns-fhir-signal-pds-death-notification-2.json': notification(
    'DeathNotified',
    '963b28e0-067a-4a3f-bee8-f613c23541b2',
    at,
  ),
  'mns-fhir-signal-pds-record-change-2.json': notification(
    'PatientRecordChanged',
    'deb6ed8d-c54a-4489-8609-b15baf927541',
    at,
  ),
  'mns-fhirsignal.schema.json': [{ agency: 'health', outcomes: [['ignored', 'schema']] }],
  // These two say when the patient was born: a child, known to the hub or not. With the first, the four above are recorded;
  // the second has the same id: it is the same event, and older.
  'mns-legacy-v1-pds-change-of-gp-1.json': notification(
    'PatientRecordChanged',
    '236a1d4a-5d69-4fa9-9c7f-e72bf505aa5b',
    '2022-04-05T17:31:00Z',
    { onlyIfKnown: null, releases: 4 },
  ),
  'nems-pds-change-of-gp-1-bundle.xml': notification(
    'PatientRecordChanged',
    '236a1d4a-5d69-4fa9-9c7f-e72bf505aa5b',
    '2019-11-01T15:00:00Z',
    { onlyIfKnown: null, historic: true },
  ),
};
