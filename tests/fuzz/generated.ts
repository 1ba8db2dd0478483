import fc from 'fast-check';
import type { Agency } from '../../libs/kernel/agency.js';
import type { Message } from '../../libs/kernel/fact.js';
import { recordsExport, recordsTable } from '../../libs/simulations/case-records.js';
import { crimeRecord } from '../../libs/simulations/crime-record.js';
import { settledEvent } from '../../libs/simulations/domain-event.js';
import { patientMessage } from '../../libs/simulations/patient-message.js';
import { bodies as healthBodies, patientMessages } from '../../libs/testing/generated/health.js';
import { caseRecords, custodyRecords as establishments } from '../../libs/testing/generators/case-records.js';
import { crimeRecordsSeen } from '../../libs/testing/generators/crime-records.js';
import { domainEvents, movements } from '../../libs/testing/generators/domain-events.js';
import { educationFiles } from '../../libs/testing/generators/education.js';
import { custodyRecords, missingRecords } from '../../libs/testing/generators/force-records.js';
import { hearings } from '../../libs/testing/generators/hearings.js';
import { socialCareFiles } from '../../libs/testing/generators/social-care.js';
import { sentBy } from '../../libs/testing/translation/sent-by.js';

const AT = '2026-03-01T09:30:00Z';
const EACH = 12;
// Always the same: an input follows from its seed alone.
const DRAW = { seed: 30, numRuns: EACH };

/** Messages drawn by the generators of every adapter's round trip: what simulations say once, they say in many ways. */
export function generated(): Message[] {
  return [
    ...drawn(
      'police',
      fc.oneof(custodyRecords, missingRecords).map(({ body }) => inJson(body)),
    ),
    ...drawn(
      'police',
      crimeRecordsSeen.map((one) => inJson(crimeRecord(one))),
    ),
    ...drawn('court', hearings.chain(({ bodies }) => fc.constantFrom(...bodies)).map(inJson)),
    ...drawn('health', fc.oneof(healthBodies.map(inJson), patientMessages.map(patientMessage).map(inXml))),
    ...drawn('education', educationFiles.map(asFile)),
    ...drawn('social-care', socialCareFiles.map(asFile)),
    ...drawn(
      'probation',
      domainEvents.map(({ event }) => inJson(event)),
    ),
    ...drawn(
      'secure-estate',
      domainEvents.map(({ event }) => inJson(event)),
    ),
    ...drawn(
      'secure-estate',
      movements.map(({ movement }) => inJson(settledEvent(movement))),
    ),
    ...drawn(
      'yos',
      caseRecords.map((one) => inJson(JSON.parse(recordsExport([one], AT)))),
    ),
    ...drawn(
      'yos',
      caseRecords.map((one) => inCsv(recordsTable([one]))),
    ),
    ...drawn(
      'secure-estate',
      establishments.map((one) => inCsv(recordsTable([one]))),
    ),
  ];
}

interface Sent {
  readonly body: string;
  readonly contentType: string;
  readonly format?: string;
}

const inJson = (value: unknown): Sent => ({ body: JSON.stringify(value), contentType: 'application/json' });
const inXml = (body: string): Sent => ({ body, contentType: 'application/xml' });
const inCsv = (body: string): Sent => ({ body, contentType: 'text/csv' });

function asFile([format, file]: readonly [string, string]): Sent {
  const sent = file.startsWith('<') ? inXml(file) : inCsv(file);
  return { ...sent, format, ...(/^[{[]/.test(file) ? { contentType: 'application/json' } : {}) };
}

function drawn(agency: Agency, sent: fc.Arbitrary<Sent>): Message[] {
  const attributes = { subject: 'child-1', observedat: AT };
  return fc.sample(sent, DRAW).map(({ body, ...about }) => sentBy(agency, body, { attributes, ...about }));
}
