import { ApplicationMadeSchema, ApplicationResultedSchema } from '../../contracts/gen/hub/court/v1/applications_pb.js';
import { HearingListedSchema, ResultRecordedSchema } from '../../contracts/gen/hub/court/v1/court_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { testUuid, type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyCourtEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(ResultRecordedSchema, told('result-recorded', 'defendant'), {
      hearingId: testUuid(serial),
      hearingDay: day,
      defendantId: `defendant-${serial}`,
      offenceId: testUuid(serial + 0x1000),
      resultId: testUuid(serial + 0x2000),
      resultCode: '3041',
      resultTitle: 'Referral order',
      offenceTitle: 'Theft from a shop',
      court: 'Fernhill Youth Court',
      terms: [{ label: 'Length', value: '6 months' }],
      person,
      orderedOn: day,
    }),
    canonicalEvent(HearingListedSchema, told('hearing-listed', 'defendant'), {
      hearingId: testUuid(serial),
      listedFor: time,
      court: 'Fernhill Youth Court',
      hearingType: 'Sentence',
      person,
    }),
    canonicalEvent(ApplicationMadeSchema, told('application-made', 'defendant'), {
      applicationId: testUuid(serial + 0x3000),
      title: 'Breach of a youth rehabilitation order',
      typeCode: 'CE20503',
      breach: true,
      status: 'LISTED',
      receivedOn: day,
      orderTitle: 'Youth rehabilitation order',
      person,
    }),
    canonicalEvent(ApplicationResultedSchema, told('application-resulted', 'defendant'), {
      hearingId: testUuid(serial),
      applicationId: testUuid(serial + 0x3000),
      resultId: testUuid(serial + 0x4000),
      hearingDay: day,
      orderedOn: day,
      resultCode: '1141',
      resultTitle: 'Order to continue',
      applicationTitle: 'Breach of a youth rehabilitation order',
      breach: true,
      court: 'Fernhill Youth Court',
      terms: [{ label: 'Additional hours', value: '10' }],
      person,
    }),
  ];
}
