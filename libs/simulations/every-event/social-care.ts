import {
  MissingEpisodeRecorded_Kind as Kind,
  MissingEpisodeRecordedSchema,
  PlacementRecordedSchema,
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
  SocialWorkerAllocatedSchema,
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { everyReturnEvent } from './social-care-returns.js';
import { everySafeguardingEvent } from './social-care-safeguarding.js';
import { toldOf } from './told-of.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everySocialCareEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(MissingEpisodeRecordedSchema, told('missing-episode', 'child'), {
      childId: `child-${serial}`,
      kind: Kind.MISSING,
      startedOn: day,
      person,
    }),
    canonicalEvent(ReturnInterviewRecordedSchema, told('return-interview', 'child'), {
      interviewReference: `RHI-${serial}`,
      outcome: Outcome.COMPLETED,
      summary: 'Stayed with an older friend; says nobody there frightens them.',
      episodeReference: `SC-MR-${serial}`,
      heldAt: time,
      interviewer: 'independent service',
      independent: true,
      person,
    }),
    canonicalEvent(StatusRecordedSchema, told('status', 'child'), {
      status: Status.LOOKED_AFTER,
      startedOn: day,
      legalBasis: 'section 20',
      responsibleAuthority: 'Fernhill',
      person,
    }),
    canonicalEvent(PlacementRecordedSchema, told('placement', 'child'), {
      startedOn: day,
      kind: 'foster-carer',
      area: 'Fernhill',
      outOfArea: true,
      hostAuthority: 'Fernhill',
      person,
    }),
    canonicalEvent(SocialWorkerAllocatedSchema, told('social-worker', 'child'), {
      workerName: 'Robin Social',
      team: 'Looked after, north',
      person,
    }),
    ...everySafeguardingEvent(person, time, serial),
    ...everyReturnEvent(person, time, serial),
  ];
}
