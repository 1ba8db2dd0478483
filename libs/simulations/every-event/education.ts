import { ExploitationKind, IndicatorStrength } from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../contracts/gen/hub/education/v1/exploitation_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyEducationEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(ExploitationIndicatorRecordedSchema, told('school-indicator', 'pupil'), {
      indicatorReference: `IND-E-${serial}`,
      kind: ExploitationKind.COUNTY_LINES,
      strength: IndicatorStrength.MODERATE,
      detail: 'Two phones, and a new coat that nobody at home bought.',
      observedOn: day,
      person,
    }),
  ];
}
