import { type Expected, unread } from './what-comes-of-it.js';

export const health: Readonly<Record<string, readonly Expected[]>> = {
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
};
