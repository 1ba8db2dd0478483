import { defineAdapter, type Format } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { encode } from '../../contracts/catalogue.js';
import { PersonalDetailsObservedSchema } from '../../contracts/gen/hub/education/v1/record_pb.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { agencyRecords, looksLikeRecords, recordsFormat } from '../agency-records/records.js';
import { readable } from '../reading/bad-part.js';
import { custodianIndex, custodianIndexFormat, looksLikeCustodianIndex } from '../reading/custodian-index.js';
import { looksLikePersonalDetails, personalDetails, personalDetailsChanges, personalDetailsFormats } from '../reading/personal-details.js'; // prettier-ignore
import { educationRecordChanges } from './education-record-changes.js';
import { educationRecord, educationRecordFormats, educationRecordType, looksLikeEducationRecord } from './education-record.js'; // prettier-ignore
import { educationKinds } from './record-kinds.js';

const personType = PersonalDetailsObservedSchema.typeName;
const details = (message: Message) =>
  personalDetails(message, personType, (person) => encode(PersonalDetailsObservedSchema, { person }));

const formats: Readonly<Record<string, Format>> = {
  [custodianIndexFormat]: custodianIndex,
  [recordsFormat]: agencyRecords(educationKinds),
  ...Object.fromEntries(educationRecordFormats.map((name) => [name, educationRecord])),
  ...Object.fromEntries(personalDetailsFormats.map((name) => [name, details])),
};

export const educationAdapter = defineAdapter({
  agency: 'education',
  formats: {
    ...canonicalFormats('education'),
    ...Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, readable(format)])),
  },
  recognise,
  snapshots: { [educationRecordType]: educationRecordChanges, [personType]: personalDetailsChanges },
});

function recognise(message: Message): string | undefined {
  if (looksLikeEducationRecord(message)) return educationRecordFormats[0];
  if (looksLikePersonalDetails(message)) return personalDetailsFormats[0];
  if (looksLikeCustodianIndex(message)) return custodianIndexFormat;
  return looksLikeRecords(message) ? recordsFormat : undefined;
}
