import {
  ActiveStatusChangedSchema,
  ChildrensServicesRecordObservedSchema,
  KeyWorkerNamedSchema,
  PersonalDetailsObservedSchema,
  ReferralListedSchema,
  TeamInvolvementListedSchema,
} from '../../contracts/gen/hub/social_care/v1/record_pb.js';
import {
  AssessmentRecordedSchema,
  CareEpisodeRecordedSchema,
  CensusReferralRecordedSchema,
  DeprivationOfLibertyRecordedSchema,
  ExploitationFactorsRecordedSchema,
  HealthFactorsRecordedSchema,
  Section47RecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/returns_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event that statutory returns and a custodian's record give. */
export function everyReturnEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const [startedOn, observedAt] = [time.slice(0, 10), time];
  return [
    canonicalEvent(CareEpisodeRecordedSchema, told('care-episode', 'child'), {
      startedOn,
      startedBecauseCode: 'S',
      startedBecause: 'Started to be looked after',
      legalStatusCode: 'J1',
      legalStatus: 'Remanded to local authority or youth detention accommodation',
      placementCode: 'K1',
      placement: 'Secure children’s home',
      person,
    }),
    canonicalEvent(DeprivationOfLibertyRecordedSchema, told('liberty-order', 'child'), { startedOn, person }),
    canonicalEvent(CensusReferralRecordedSchema, told('census-referral', 'child'), {
      referredOn: startedOn,
      sourceCode: '6',
      source: 'Police',
      needCode: 'N1',
      need: 'Abuse or neglect',
      person,
    }),
    canonicalEvent(AssessmentRecordedSchema, told('assessment', 'child'), {
      startedOn,
      factors: ['Neglect'],
      person,
    }),
    canonicalEvent(ExploitationFactorsRecordedSchema, told('exploitation-factors', 'child'), {
      startedOn,
      factors: ['Gangs'],
      person,
    }),
    canonicalEvent(HealthFactorsRecordedSchema, told('health-factors', 'child'), {
      startedOn,
      factors: ['Mental health of the child'],
      person,
    }),
    canonicalEvent(Section47RecordedSchema, told('section-47', 'child'), {
      startedOn,
      conferenceNotRequired: true,
      person,
    }),
    canonicalEvent(ChildrensServicesRecordObservedSchema, told('services-record', 'child'), {
      keyWorker: 'Robin Social',
      person,
    }),
    canonicalEvent(PersonalDetailsObservedSchema, told('child-details', 'child'), { person }),
    canonicalEvent(KeyWorkerNamedSchema, told('key-worker', 'child'), {
      workerName: 'Robin Social',
      observedAt,
      person,
    }),
    canonicalEvent(TeamInvolvementListedSchema, told('team', 'child'), { team: 'Fernhill family help', person }),
    canonicalEvent(ActiveStatusChangedSchema, told('services-status', 'child'), {
      status: 'Child In Need',
      plan: 'Child in need plan',
      observedAt,
      person,
    }),
    canonicalEvent(ReferralListedSchema, told('referral-listed', 'child'), {
      madeOn: startedOn,
      kind: 'Early Help',
      person,
    }),
  ];
}
