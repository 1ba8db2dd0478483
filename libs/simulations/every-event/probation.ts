import {
  OfficerAllocatedSchema,
  PractitionerAllocatedSchema,
} from '../../contracts/gen/hub/probation/v1/probation_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { everySupervisionEvent } from './supervision.js';
import { toldOf } from './told-of.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyProbationEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  return [
    ...everySupervisionEvent(person, time, serial),
    canonicalEvent(PractitionerAllocatedSchema, told('practitioner-allocated', 'case'), {
      allocationId: `allocation-${serial}`,
      person,
    }),
    canonicalEvent(OfficerAllocatedSchema, told('officer-allocated', 'case'), {
      officerId: 'N99T001',
      team: 'Youth to adult, Fernhill',
      person,
    }),
  ];
}
