import { OfficerAllocatedSchema } from '../../contracts/gen/hub/probation/v1/probation_pb.js';
import { canonicalEvent } from '../cloud-event.js';
import type { Telling } from '../telling.js';
import type { Calendar } from './calendar.js';
import { nomsNumber, type Cast } from './people.js';

export function toldByProbation({ at }: Calendar, { kit }: Cast): readonly Telling[] {
  const event = canonicalEvent(
    OfficerAllocatedSchema,
    { id: 'probation-allocation-1', subject: 'X970101', time: at(100, '11:00') },
    { officerId: 'N99T001', team: 'Youth to adult, Fernhill', person: { ...kit, crn: 'X970101', nomsNumber } },
  );
  return [{ system: 'probation', door: 'events', event }];
}
