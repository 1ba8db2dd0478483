import type { Agency } from '../../libs/kernel/agency.js';

/** What must come of one published file, sent in one way. */
export interface Expected {
  readonly agency: Agency;
  /** How it is sent, where there is more than one way. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly facts?: readonly ExpectedFact[];
  /** Facts too many to list: how many, on how many records, checked one by one against the file by `variants`. */
  readonly counted?: { readonly type: string; readonly facts: number; readonly records: number };
  /** What follows from a snapshot, the first of its record: told beside it. */
  readonly changes?: number;
  /** What gives no fact: outcome, reason code, pointer. */
  readonly outcomes?: readonly (readonly [string, string, string?])[];
  readonly covers?: number;
}

export interface ExpectedFact {
  readonly type: string;
  readonly record: string;
  /** Business key after type and record. */
  readonly key: readonly string[];
  readonly occurred: string;
  /** Reason code of a fact that is recorded only for a child the hub knows; null: of a child whoever it is. */
  readonly onlyIfKnown: string | null;
  /** Kinds of identifier that the record claims. */
  readonly identifiers: readonly string[];
}

const result = 'hub.court.v1.ResultRecorded';
const unknownFormat = [['quarantined', 'unknown-format']] as const;

/** Formats that the hub cannot read yet: kept, and shown as what they are, until their adapter comes. */
function unread(agency: Agency): readonly Expected[] {
  return [{ agency, outcomes: unknownFormat }];
}

/** A snapshot without a person or a time of its own: nowhere to put it, unless the publisher says whose it is and when it was seen. */
function crimeRecord(subject: string, changes: number): readonly Expected[] {
  const observedat = '2025-12-01T09:00:00Z';
  const type = 'hub.police.v1.CrimeRecordObserved';
  return [
    {
      agency: 'police',
      outcomes: [
        ['quarantined', 'no-subject', 'Hub-Subject'],
        ['quarantined', 'no-observed-at', 'Hub-Observed-At'],
      ],
    },
    { agency: 'police', attributes: { subject }, outcomes: [['quarantined', 'no-observed-at', 'Hub-Observed-At']] },
    { agency: 'police', attributes: { observedat }, outcomes: [['quarantined', 'no-subject', 'Hub-Subject']] },
    {
      agency: 'police',
      attributes: { subject, observedat },
      changes,
      facts: [
        {
          type,
          record: subject,
          key: [observedat],
          occurred: observedat,
          onlyIfKnown: null,
          identifiers: ['nhs'],
        },
      ],
    },
  ];
}

/** Of prisons and of probation on one topic: whichever system an area subscribes with. */
function movement(name: string, number: string, kind: string, time: { day: string; at: string }): readonly Expected[] {
  const type = `hub.secure_estate.v1.${name}`;
  return (['secure-estate', 'probation'] as const).map((agency) => ({
    agency,
    facts: [
      {
        type,
        record: number,
        key: [kind, time.day],
        occurred: time.at,
        onlyIfKnown: 'not-shown-to-be-a-child',
        identifiers: ['noms'],
      },
    ],
    // An opposite movement soon after would be told at once only: the settled word covers nothing.
    covers: 0,
  }));
}

export const expected: Readonly<Record<string, readonly Expected[]>> = {
  // An adult: recorded if, and only if, the hub knows the defendant as a child.
  'cpp-public.events.hearing.hearing-resulted.json': [
    {
      agency: 'court',
      facts: [
        {
          type: result,
          record: '7ba647bd-04b1-44ad-a39d-dfae01158109',
          key: [
            'hearing_id',
            '7ba647bd-04b1-44ad-a39d-dfae01158109',
            'fd637140-7c86-3c2a-acc2-3ef84d01f794',
            'dafafd26-e5d7-4f7d-9389-d614c506d160',
          ],
          occurred: '2019-06-03',
          onlyIfKnown: 'adult',
          identifiers: [],
        },
      ],
      covers: 1,
    },
  ],
  // A copy without the time of sharing: which of its results are current cannot be told, unless the partner says when it saw them.
  'cher-court-application-minimal.json': [
    { agency: 'court', outcomes: [['quarantined', 'no-shared-time', '/sharedTime']] },
    {
      agency: 'court',
      attributes: { observedat: '2024-10-21T17:00:00Z' },
      facts: [
        {
          type: result,
          record: 'ac24a1be-939b-49a4-a524-21a3d228f8bc',
          key: [
            '59cb14a6-e8de-4615-9c9d-94fa5ef81ad2',
            'ac24a1be-939b-49a4-a524-21a3d228f8bc',
            '3e1218c4-1946-429b-9cb6-f497206405a6',
            '06b0c2bf-3f98-46ed-ab7e-56efaf9ecced',
          ],
          occurred: '2024-10-21',
          onlyIfKnown: 'adult',
          identifiers: ['pnc', 'cro'],
        },
      ],
      covers: 1,
    },
  ],
  // A hearing of three defendants of whom nothing has been decided.
  'cp-commonPlatformMessage.json': [{ agency: 'court', outcomes: [['ignored', 'no-results']] }],
  // The same inside its queue's envelope, and the envelope's attributes alone.
  'cp-commonPlatformSQSMessage.json': unread('court'),
  'cp-commonPlatformMessageAttributes.json': unread('court'),

  'ssda903-fake-missing.csv': [
    {
      agency: 'social-care',
      counted: { type: 'hub.social_care.v1.MissingEpisodeRecorded', facts: 43, records: 39 },
    },
  ],
  'cin-census-2rows.xml': unread('social-care'),
  'dfe-sui-childrens-services-details-9449303223.json': unread('social-care'),
  'dfe-sui-local-authority-custodian-index.json': unread('social-care'),
  'dfe-sui-social-care-details-9991234566.json': unread('social-care'),
  'dfe-sui-social-care-personal-details-9449303223.json': unread('social-care'),

  'dfe-sui-education-custodian-index.json': unread('education'),
  'dfe-sui-education-details-9449303223.json': unread('education'),
  'dfe-sui-education-details-9991234566.json': unread('education'),
  'dfe-sui-education-personal-details-9991234566.json': unread('education'),

  'dfe-sui-health-custodian-index.json': unread('health'),
  'dfe-sui-health-data-9991234566.json': unread('health'),
  'mns-cloudevent-patientflags-change-1.json': unread('health'),
  'mns-fhir-signal-nhs-number-change-2.json': unread('health'),
  'mns-fhir-signal-patientflags-change-1.json': unread('health'),
  'mns-fhir-signal-pds-death-notification-2.json': unread('health'),
  'mns-fhir-signal-pds-record-change-2.json': unread('health'),
  'mns-fhirsignal.schema.json': unread('health'),
  'mns-legacy-v1-pds-change-of-gp-1.json': unread('health'),
  'nems-pds-change-of-gp-1-bundle.xml': unread('health'),

  'dfe-sui-police-crime-data-record-9449303223.json': crimeRecord('nhs:9449303223', 10),
  // The number fails its own checksum: the record is kept under it, and links nobody.
  'dfe-sui-police-crime-data-record-9991234566.json': crimeRecord('nhs:9991234566', 9),
  'dfe-sui-police-custodian-index.json': unread('police'),

  'hmpps-core-person-record.openapi.json': unread('probation'),
  'hmpps-domain-event.schema.json': unread('probation'),
  // Inside their envelopes, of prisoners of whom nothing says that they are children: held until the hub knows the number.
  'hmpps-sqs-prisoner-received-new-custody.json': movement('ReceivedIntoCustody', 'A0004AA', 'received', {
    day: '2023-08-04',
    at: '2023-08-04T07:09:36.649098Z',
  }),
  'hmpps-sqs-prisoner-released-hdc.json': movement('ReleasedFromCustody', 'A0023AA', 'released', {
    day: '2025-03-31',
    at: '2025-03-31T06:03:50.912169Z',
  }),
};
