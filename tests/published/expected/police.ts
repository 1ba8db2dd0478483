import { custodianIndexOf, snapshotOf, type Expected } from './what-comes-of-it.js';

const record = 'hub.police.v1.CrimeRecordObserved';

export const police: Readonly<Record<string, readonly Expected[]>> = {
  'dfe-sui-police-crime-data-record-9449303223.json': snapshotOf('police', record, 'nhs:9449303223', 10),
  // The number fails its own checksum: the record is kept under it, and links nobody.
  'dfe-sui-police-crime-data-record-9991234566.json': snapshotOf('police', record, 'nhs:9991234566', 9),
  // Where records are, and no time at which anybody saw them.
  'dfe-sui-police-custodian-index.json': custodianIndexOf('police'),
};
