import { defineAdapter, type Format } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { encode } from '../../contracts/catalogue.js';
import { PersonalDetailsObservedSchema } from '../../contracts/gen/hub/social_care/v1/record_pb.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { agencyRecords, looksLikeRecords, recordsFormat } from '../agency-records/records.js';
import { readable } from '../reading/bad-part.js';
import { custodianIndex, custodianIndexFormat, looksLikeCustodianIndex } from '../reading/custodian-index.js';
import { looksLikePersonalDetails, personalDetails, personalDetailsChanges, personalDetailsFormats } from '../reading/personal-details.js'; // prettier-ignore
import { careEpisodes, childrenListed, episodesFormat, headerFormat, otherTable, otherTablesFormat, returnFormatOf } from './care-return.js'; // prettier-ignore
import { censusFormat, cinCensus, looksLikeCensus } from './cin-census.js';
import { deprivationsOfLiberty, libertyFormat } from './liberty-return.js';
import { missingFormat, missingReturn } from './missing-return.js';
import { socialCareKinds } from './record-kinds.js';
import { servicesRecordChanges } from './services-record-changes.js';
import { looksLikeServicesRecord, servicesRecord, servicesRecordFormats, servicesRecordType } from './services-record.js'; // prettier-ignore

const personType = PersonalDetailsObservedSchema.typeName;
const details = (message: Message) =>
  personalDetails(message, personType, (person) => encode(PersonalDetailsObservedSchema, { person }));

const formats: Readonly<Record<string, Format>> = {
  [missingFormat]: missingReturn,
  [episodesFormat]: careEpisodes,
  [libertyFormat]: deprivationsOfLiberty,
  [headerFormat]: childrenListed,
  [otherTablesFormat]: otherTable,
  [censusFormat]: cinCensus,
  [custodianIndexFormat]: custodianIndex,
  [recordsFormat]: agencyRecords(socialCareKinds),
  ...Object.fromEntries(servicesRecordFormats.map((name) => [name, servicesRecord])),
  ...Object.fromEntries(personalDetailsFormats.map((name) => [name, details])),
};

export const socialCareAdapter = defineAdapter({
  agency: 'social-care',
  formats: {
    ...canonicalFormats('social-care'),
    ...Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, readable(format)])),
  },
  recognise,
  snapshots: { [servicesRecordType]: servicesRecordChanges, [personType]: personalDetailsChanges },
});

function recognise(message: Message): string | undefined {
  if (looksLikeServicesRecord(message)) return servicesRecordFormats[0];
  if (looksLikePersonalDetails(message)) return personalDetailsFormats[0];
  if (looksLikeCustodianIndex(message)) return custodianIndexFormat;
  if (looksLikeCensus(message)) return censusFormat;
  if (looksLikeRecords(message)) return recordsFormat;
  return returnFormatOf(message);
}
