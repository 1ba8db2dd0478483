import { type Expected, unread } from './what-comes-of-it.js';

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

export const police: Readonly<Record<string, readonly Expected[]>> = {
  'dfe-sui-police-crime-data-record-9449303223.json': crimeRecord('nhs:9449303223', 10),
  // The number fails its own checksum: the record is kept under it, and links nobody.
  'dfe-sui-police-crime-data-record-9991234566.json': crimeRecord('nhs:9991234566', 9),
  'dfe-sui-police-custodian-index.json': unread('police'),
};
