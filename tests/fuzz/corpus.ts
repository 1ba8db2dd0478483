import { agencies, type Agency } from '../../libs/kernel/agency.js';
import type { Message } from '../../libs/kernel/fact.js';
import {
  everyCaseRecord,
  everyCustodyRecord,
  recordsExport,
  recordsTable,
} from '../../libs/simulations/case-records.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import { crimeRecordSeen } from '../../libs/simulations/crime-record.js';
import { everyEvent, everyWithdrawal } from '../../libs/simulations/every-event/every-event.js';
import { fhirBundle } from '../../libs/simulations/fhir-resource.js';
import { healthRecordSeen } from '../../libs/simulations/health-record.js';
import { hearingCopy, largeHearingCopy, queuedHearingCopy } from '../../libs/simulations/hearing-copy.js';
import { hearingResulted } from '../../libs/simulations/hearing-resulted.js';
import { patientMessage } from '../../libs/simulations/patient-message.js';
import { signalBundle, signalCloudEvent } from '../../libs/simulations/patient-signal.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { everySupervisionEvent } from '../../libs/simulations/supervision-event.js';
import { keptMessage, type Telling } from '../../libs/simulations/telling.js';
import { child } from '../../libs/testing/messages/told.js';
import { first, second } from '../../libs/testing/messages/crime-records.js';
import { generated } from './generated.js';

const AT = '2026-03-01T09:30:00Z';
const nhsNumber = testNhsNumber(1);
const subject = `nhs:${nhsNumber}`;

/** Messages that the hub understands, of every simulation and generator there is: what is broken at random should begin as something right. */
export function corpus(): Message[] {
  const events = [...everyEvent(child, AT), ...everyWithdrawal('an earlier message', AT)];
  const tellings: Telling[] = [
    ...childhood(AT),
    ...events.map((event): Telling => ({ system: agencyOf(event.source), door: 'events', event })),
    crimeRecordSeen('seen once', subject, AT, first),
    crimeRecordSeen('seen again', subject, AT, second),
    healthRecordSeen('seen', subject, AT, {}),
  ];
  return [...tellings.map((telling) => keptMessage(telling, AT)), ...natives(), ...generated()];
}

function natives(): Message[] {
  const signal = { id: 's', event: 'pds-change-of-gp', nhsNumber, time: AT, recordVersion: '1' } as const;
  const hearing = hearingResulted({ id: 'h', day: '2026-02-03', sharedTime: AT, defendants: [] });
  const resources = [
    { id: 'a', updated: AT, kind: 'allergy', to: 'nuts', on: '2026-01-01' },
    { id: 'b', updated: AT, kind: 'referral', service: 'camhs', on: '2026-01-01' },
    { id: 'c', updated: AT, kind: 'score', scale: 'sdq', total: 20, at: AT },
  ] as const;
  const json: (readonly [Agency, object])[] = [
    ['health', signalCloudEvent(signal)],
    ['health', signalBundle(signal)],
    ['health', fhirBundle(resources, { nhsNumber, birthDate: '2010-05-06' })],
    ['court', hearing],
    ['court', hearingCopy({ hearing, kind: 'Resulted', sentAt: AT })],
    ['court', queuedHearingCopy({ hearing, kind: 'Resulted', sentAt: AT })],
    ['court', largeHearingCopy({ kind: 'Resulted', sentAt: AT })],
    ...everySupervisionEvent({ crn: 'X123456', nomsNumber: 'A1234BC' }, AT).flatMap((event) => [
      ['probation', event] as const,
      ['secure-estate', event] as const,
    ]),
  ];
  const text: (readonly [Agency, string, string])[] = [
    [
      'health',
      'application/xml',
      patientMessage({ id: 'm', nhsNumber, time: AT, practice: { name: 'North', since: '2026-01-01' } }),
    ],
    ['social-care', 'text/csv', 'CHILD,DOB,MISSING,MIS_START,MIS_END\r\n870101,06/05/2010,M,30/01/2026,02/02/2026\r\n'],
    ['social-care', 'text/csv', 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n870101,1,06/05/2010,WBRI,A123456789012,,\n'],
    [
      'social-care',
      'text/csv',
      'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n870101,01/02/2026,S,C2,N1,U1,PR1,,,,,,\n',
    ],
    ['social-care', 'application/xml', CENSUS],
    ['yos', 'application/json', recordsExport(everyCaseRecord(child, AT), AT)],
    ['yos', 'text/csv', recordsTable(everyCaseRecord(child, AT))],
    ['secure-estate', 'application/json', recordsExport(everyCustodyRecord(child, AT), AT)],
    ['secure-estate', 'text/csv', recordsTable(everyCustodyRecord(child, AT))],
  ];
  return [
    ...json.map(([agency, value]) => message(agency, 'application/json', JSON.stringify(value))),
    ...text.map(([agency, contentType, body]) => message(agency, contentType, body)),
  ];
}

const CENSUS = `<?xml version="1.0"?><Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header>
<Children><Child><ChildIdentifiers><LAchildID>870101</LAchildID><PersonBirthDate>2010-05-06</PersonBirthDate></ChildIdentifiers><CINdetails><CINreferralDate>2026-01-05</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode></CINdetails></Child></Children></Message>`;

function message(agency: Agency, contentType: string, body: string): Message {
  const attributes = { subject, observedat: AT };
  return { system: agency, agency, format: '', contentType, attributes, body: Buffer.from(body), receivedAt: AT };
}

function agencyOf(source: string): Agency {
  return agencies.find((agency) => agency === source.replace('/', '')) ?? 'police';
}
