import { educationKinds } from '../../../libs/adapters/education/record-kinds.js';
import { educationRecordFormats } from '../../../libs/adapters/education/education-record.js';
import { healthRecordFormats } from '../../../libs/adapters/health/health-record.js';
import { crimeRecordFormats } from '../../../libs/adapters/police/crime-record.js';
import { personalDetailsFormats } from '../../../libs/adapters/reading/personal-details.js';
import { adapterFor } from '../../../libs/adapters/registry.js';
import { socialCareKinds } from '../../../libs/adapters/social-care/record-kinds.js';
import { servicesRecordFormats } from '../../../libs/adapters/social-care/services-record.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import { recordsAsJson } from '../../../libs/simulations/agency-records.js';
import {
  careEpisodesReturn,
  libertyOrdersReturn,
  lookedAfterChildrenReturn,
} from '../../../libs/simulations/care-return.js';
import { everyCaseRecord, everyCustodyRecord, recordsExport } from '../../../libs/simulations/case-records.js';
import { cinCensus } from '../../../libs/simulations/cin-census.js';
import { crimeRecord } from '../../../libs/simulations/crime-record.js';
import { immediateEvent } from '../../../libs/simulations/domain-event.js';
import { educationRecord } from '../../../libs/simulations/education-record.js';
import { fhirBundle } from '../../../libs/simulations/fhir-resource.js';
import { custodyRecord, missingRecord } from '../../../libs/simulations/force-record.js';
import { healthRecord } from '../../../libs/simulations/health-record.js';
import { hearingCopy } from '../../../libs/simulations/hearing-copy.js';
import { hearingResulted } from '../../../libs/simulations/hearing-resulted.js';
import { missingReturn } from '../../../libs/simulations/missing-return.js';
import { patientMessage } from '../../../libs/simulations/patient-message.js';
import { signalCloudEvent } from '../../../libs/simulations/patient-signal.js';
import { testUuid } from '../../../libs/simulations/people.js';
import { personalDetails } from '../../../libs/simulations/personal-details.js';
import { servicesRecord } from '../../../libs/simulations/services-record.js';
import { AT, nobody } from './examples.js';

/** A format that an agency's systems speak already, as it is sent to `/v1/native/{system}`. */
export interface NativeFormat {
  /** What `Hub-Format` may say; the hub recognises each by its content as well. */
  readonly name: string;
  /** Other names of the same. */
  readonly also?: readonly string[];
  readonly is: string;
  readonly type: 'application/json' | 'application/xml' | 'text/csv';
  /** A snapshot says neither whose it is nor when it was seen: `Hub-Subject`, `Hub-Observed-At`. */
  readonly placed?: true;
  /** What a record of it may be. */
  readonly kinds?: readonly string[];
  readonly example: string;
}

const nhsNumber = nobody.nhsNumber;
const day = AT.slice(0, 10);
const json = (value: object): string => JSON.stringify(value, undefined, 2);
const indented = (text: string): string => json(JSON.parse(text) as object);
const one = { id: testUuid(3), code: 'TH68010', title: 'Theft from a shop', results: [{ id: testUuid(4), code: '1097', label: 'Referral order' }] }; // prettier-ignore
const hearing = hearingResulted({
  ...{ id: testUuid(1), day, sharedTime: AT },
  defendants: [{ id: testUuid(2), person: nobody, offences: [one] }],
});
const force = { nominal: 'nominal-1', person: nobody, juvenile: true, recordedAt: AT };
const snapshot = ([name, ...also]: readonly [string, ...string[]], is: string, record: object): NativeFormat => {
  return { name, also, is, type: 'application/json', placed: true, example: json(record) };
};
const custodian = (names: readonly [string, ...string[]], of: string, record: object): NativeFormat =>
  snapshot(names, `A custodian’s ${of} record of a child: the whole of it, as it stands`, record);
const details = snapshot(personalDetailsFormats, 'A custodian’s record of who a child is', personalDetails(nobody));
const table = (name: string, is: string, example: string): NativeFormat => ({ name, is, type: 'text/csv', example });
const records = (kinds: object, example: Parameters<typeof recordsAsJson>[0][number]): NativeFormat => {
  const is =
    'A list of records, each of a kind, as JSON or as a table with the same names in its header: what no published format says';
  return { name: 'agency-records.v1', is, type: 'application/json', kinds: Object.keys(kinds), example: indented(recordsAsJson([example])) }; // prettier-ignore
};
const exported = (name: string, is: string, all: ReturnType<typeof everyCaseRecord>): NativeFormat => {
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return { name, is, type: 'application/json', kinds, example: indented(recordsExport(all.slice(0, 1), AT)) };
};
const prisons: NativeFormat = {
  name: 'hmpps.domain-event',
  is: 'A domain event of prisons or probation, bare or as a topic or a queue carries it; Hub-Format may be its own type',
  type: 'application/json',
  also: Object.keys(adapterFor('probation').formats).filter((name) => !/^(hub\.|hmpps\.|json-schema$)/.test(name)),
  example: json(immediateEvent({ direction: 'received', nomsNumber: 'A1234BC', occurredAt: AT, prisonId: 'FHI' })),
};

/** Every format that is read, by agency, with an example about nobody; the same on every call. */
export const nativeFormats: Readonly<Record<Agency, readonly NativeFormat[]>> = {
  police: [
    { name: 'police.custody-record', is: 'A custody record with its entries', type: 'application/json', example: json(custodyRecord('26/99TC/01/1', { ...force, entries: [{ action: 'ARREST', at: AT, offenceCode: 'TH68010', offence: 'Theft from a shop' }] })) }, // prettier-ignore
    { name: 'police.missing-record', is: 'A missing record with its entries', type: 'application/json', example: json(missingRecord({ reference: 'MR-26-1', reportedAt: AT, risk: 'high' }, { ...force, entries: [] })) }, // prettier-ignore
    custodian(crimeRecordFormats, 'police', crimeRecord({ episodes: [{ date: day, interviewed: false }] })),
  ],
  court: [
    { name: 'public.events.hearing.hearing-resulted', is: 'Results of a hearing as Common Platform shares them', type: 'application/json', example: json(hearing) }, // prettier-ignore
    { name: 'COMMON_PLATFORM_HEARING', is: 'The copy that HMPPS passes on, bare or as a topic or a queue carries it', type: 'application/json', example: json(hearingCopy({ hearing, kind: 'Resulted', sentAt: AT })) }, // prettier-ignore
  ],
  health: [
    { name: 'mns.signal', is: 'A signal of the multicast notification service: CloudEvent or FHIR R4', type: 'application/json', example: json(signalCloudEvent({ id: testUuid(5), event: 'pds-change-of-gp', nhsNumber, time: AT })) }, // prettier-ignore
    { name: 'nems.message', is: 'A message of the national events management service: FHIR STU3', type: 'application/xml', example: patientMessage({ id: testUuid(6), nhsNumber, time: AT, birthDate: nobody.birthDate, practice: { name: 'Fernhill Surgery', since: day } }) }, // prettier-ignore
    { name: 'fhir.r4', is: 'Resources of a health system, one or a bundle: FHIR R4', type: 'application/json', example: json(fhirBundle([{ id: 'O-1', updated: AT, kind: 'score', scale: 'sdq-parent', total: 19, at: AT }], { ...nobody, nhsNumber })) }, // prettier-ignore
    custodian(healthRecordFormats, 'health', healthRecord({ gpName: 'Dr Example', camhsTeams: ['Fernhill CAMHS'] })),
  ],
  education: [
    records(educationKinds, { kind: 'suspension', child: 'pupil-1', at: day, suspension_reference: 'SU-1', started_on: day, reason_code: 'DB', birth_date: nobody.birthDate }), // prettier-ignore
    custodian(educationRecordFormats, 'education', educationRecord({ setting: 'Fernhill School' })),
    details,
  ],
  probation: [prisons],
  'social-care': [
    table('ssda903.missing', 'Missing episodes of the looked-after children return (SSDA903)', missingReturn([{ child: '870101', birthDate: nobody.birthDate, kind: 'M', start: day }])), // prettier-ignore
    table('ssda903.episodes', 'Episodes of care of the same return', careEpisodesReturn([{ child: '870101', start: day, began: 'S', legalStatus: 'V2', need: 'N1', placement: 'U6', provider: 'PR1' }])), // prettier-ignore
    table('ssda903.dolo', 'Deprivation of liberty orders of the same return', libertyOrdersReturn([{ child: '870101', birthDate: nobody.birthDate, start: day }])), // prettier-ignore
    table('ssda903.header', 'The children of the same return', lookedAfterChildrenReturn([{ child: '870101', birthDate: nobody.birthDate }])), // prettier-ignore
    { name: 'cin.census', is: 'The children in need census', type: 'application/xml', example: cinCensus([{ id: 'CH1', birthDate: nobody.birthDate, cases: [{ referredOn: day, source: '6', need: 'N1' }] }]) }, // prettier-ignore
    records(socialCareKinds, { kind: 'missing-report', child: '870101', at: AT, report_reference: 'SC-MR-7', of_kind: 'missing', risk: 'high', birth_date: nobody.birthDate }), // prettier-ignore
    custodian(servicesRecordFormats, 'children’s services', servicesRecord({ keyWorker: 'Sam Example' })),
    details,
  ],
  'secure-estate': [
    exported('secure-estate.custody-records', 'Records of an establishment or the placing service, as JSON or as a table', everyCustodyRecord(nobody, AT)), // prettier-ignore
    prisons,
  ],
  yos: [
    exported('yos.case-records', 'The export of a case system, as JSON or as a table', everyCaseRecord(nobody, AT)),
  ],
};

/** Formats that are understood and say nothing to record, by name: an index, a schema, tables of yearly figures. */
export const understood: readonly string[] = ['custodian-index', 'json-schema', 'ssda903.other'];
