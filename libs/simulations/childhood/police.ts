import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  ExploitationKind as Exploited,
  IndicatorStrength as Strength,
} from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import type { PersonSchema } from '../../contracts/gen/hub/common/v1/person_pb.js';
import { ChildReturned_ReturnedTo as To, ChildReturnedSchema } from '../../contracts/gen/hub/police/v1/missing_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../contracts/gen/hub/police/v1/safeguarding_pb.js';
import {
  ArrestedSchema,
  ChargedSchema,
  MissingFoundSchema,
  MissingReported_RiskGrade as RiskGrade,
  MissingReportedSchema,
  WithdrawnSchema,
} from '../../contracts/gen/hub/police/v1/police_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { crimeRecordSeen } from '../crime-record.js';
import type { Telling } from '../telling.js';
import type { Calendar } from './calendar.js';
import type { Cast } from './people.js';

const force = '99';
const theft = { offenceCode: 'TH68010', offenceTitle: 'Theft from a shop' };
const affray = { offenceCode: 'PU86004', offenceTitle: 'Affray' };

export function toldByPolice({ at, day }: Calendar, { kit, wren, rowan, unknown }: Cast): readonly Telling[] {
  const claims = ({ givenNames, familyName, birthDate, pncId }: Cast['kit']) => ({
    givenNames,
    familyName,
    birthDate,
    ...(pncId === undefined ? {} : { pncId }),
  });
  const ofKit = { subject: 'nominal-70101', person: claims(kit) };
  const ofWren = { subject: 'nominal-70202', person: claims(wren) };
  const ofRowan = { subject: 'nominal-70404', person: claims(rowan) };
  const ofUnknown = { subject: 'nominal-70303', person: unknown };

  return [
    arrested('arrest-1', at(725, '21:35'), ofKit, '99FH/1204/24', theft),
    charged('charge-1', at(718, '10:15'), ofKit, '24/99FH/01/1204A', theft),
    missing('missing-1', at(560, '23:20'), ofKit, 'MR-24-0611', RiskGrade.MEDIUM, 'parent', 'home'),
    found('found-1', at(559, '14:05'), ofKit, 'MR-24-0611', 'friend'),
    missing('missing-2', at(480, '22:10'), ofKit, 'MR-24-0917', RiskGrade.HIGH, 'carer', 'placement'),
    found('found-2', at(478, '06:45'), ofKit, 'MR-24-0917', 'public-place'),
    arrested('wren-arrest', at(412, '16:20'), ofWren, '99FH/0318/25', affray),
    charged('wren-charge', at(405, '11:00'), ofWren, '25/99FH/01/0318B', affray),
    arrested('arrest-2', at(330, '01:50'), ofKit, '99FH/0877/25', affray),
    charged('charge-2', at(322, '12:30'), ofKit, '25/99FH/01/0877C', affray),
    // Another child of the same name: the force takes it back the next morning.
    missing('missing-3', at(200, '20:00'), ofKit, 'MR-25-0402', RiskGrade.LOW, 'parent', 'school'),
    withdrawn('withdrawal-1', at(199, '08:10'), 'police-missing-3'),
    missing('missing-4', at(150, '23:55'), ofKit, 'MR-25-0533', RiskGrade.HIGH, 'carer', 'placement'),
    found('found-4', at(149, '19:30'), ofKit, 'MR-25-0533', 'police-custody'),
    missing('missing-5', at(30, '21:15'), ofUnknown, 'MR-26-0101', RiskGrade.MEDIUM, 'public', 'public-place'),
    found('found-5', at(29, '03:40'), ofUnknown, 'MR-26-0101', 'public-place'),
    crimeRecordSeen('police-record-1', `nhs:${kit.nhsNumber ?? ''}`, at(300, '07:00'), {
      services: ['Police', 'Fernhill Youth Offending Service'],
      episodes: [{ date: day(560), interviewed: true }, { date: day(480) }],
      risks: { criminal: false },
      statuses: [{ status: 'Open to the youth offending service' }],
    }),
    // Half a year on: a flag more, an interview held, and the services left out, which says nothing of them.
    crimeRecordSeen('police-record-2', `nhs:${kit.nhsNumber ?? ''}`, at(120, '07:00'), {
      marker: 'Dog at the address',
      episodes: [{ date: day(560) }, { date: day(480), interviewed: true }, { date: day(150) }],
      risks: { criminal: true },
      statuses: [{ status: 'Open to the youth offending service', plan: 'Referral order' }],
    }),
    // The one message that breaks the contract, with no reference: it waits in quarantine for an operator to see.
    missing('missing-6', at(10, '22:00'), ofKit, '', RiskGrade.LOW, 'parent', 'home'),
    // Missing the night before last and back: an interview is due. What was noticed before that adds up with what others saw.
    indicated('sign-1', at(6, '15:30'), ofKit, 'EI-26-0031'),
    missing('missing-8', at(2, '20:10'), ofKit, 'MR-26-0150', RiskGrade.HIGH, 'carer', 'placement'),
    found('found-8', at(1, '03:30'), ofKit, 'MR-26-0150', 'public-place'),
    returned('returned-8', at(1, '05:15'), ofKit, 'MR-26-0150'),
    // What the duty sheet of the day begins with.
    missing('missing-7', at(1, '21:40'), ofWren, 'MR-26-0144', RiskGrade.MEDIUM, 'parent', 'home'),
    arrested('rowan-arrest', at(1, '22:30'), ofRowan, '99FH/0431/26', theft),
  ];
}

interface About {
  readonly subject: string;
  readonly person: MessageInitShape<typeof PersonSchema>;
}
type Offence = typeof theft;

function told(id: string, time: string, { subject }: About) {
  return { id: `police-${id}`, subject, time };
}

function missing(id: string, time: string, about: About, reference: string, risk: RiskGrade, by: string, from: string) {
  const data = { reportReference: reference, risk, reportedBy: by, lastSeen: from, force, person: about.person };
  return send(canonicalEvent(MissingReportedSchema, told(id, time, about), data));
}

function found(id: string, time: string, about: About, reportReference: string, foundAt: string) {
  const data = { reportReference, foundAt, person: about.person };
  return send(canonicalEvent(MissingFoundSchema, told(id, time, about), data));
}

function returned(id: string, time: string, about: About, reportReference: string) {
  const data = { reportReference, returnedTo: To.CARE_SETTING, person: about.person };
  return send(canonicalEvent(ChildReturnedSchema, told(id, time, about), data));
}

function indicated(id: string, time: string, about: About, indicatorReference: string) {
  const data = {
    indicatorReference,
    kind: Exploited.COUNTY_LINES,
    strength: Strength.MODERATE,
    detail: 'Seen twice in a car of somebody known for supply.',
    person: about.person,
  };
  return send(canonicalEvent(ExploitationIndicatorRecordedSchema, told(id, time, about), data));
}

function arrested(id: string, time: string, about: About, custodyNumber: string, offence: Offence) {
  const data = { custodyNumber, ...offence, force, person: about.person };
  return send(canonicalEvent(ArrestedSchema, told(id, time, about), data));
}

function charged(id: string, time: string, about: About, arrestSummonsNumber: string, offence: Offence) {
  const data = { arrestSummonsNumber, ...offence, person: about.person };
  return send(canonicalEvent(ChargedSchema, told(id, time, about), data));
}

function withdrawn(id: string, time: string, messageId: string) {
  const data = { messageId, reason: 'wrong child' };
  return send(canonicalEvent(WithdrawnSchema, { id: `police-${id}`, subject: messageId, time }, data));
}

function send(event: CloudEvent) {
  return { system: 'police', door: 'events', event } as const;
}
