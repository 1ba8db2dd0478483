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
  ];
}
