import {
  AppointmentRecordedSchema,
  CaseAllocatedSchema,
  CoverArrangedSchema,
} from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';
import type { Telling } from '../telling.js';
import { assessed } from './assessment.js';
import type { Calendar } from './calendar.js';
import type { Cast } from './people.js';

const casey = { worker: 'casey.manager', workerName: 'Casey Manager', team: 'Fernhill East' };
const sam = { worker: 'sam.worker', workerName: 'Sam Worker', team: 'Fernhill West' };

export function toldByYos({ at }: Calendar, { kit, wren }: Cast): readonly Telling[] {
  const appointment = (record: string, person: Simulated, time: string, purpose: string, attended: boolean) => {
    const appointmentReference = `AP-${record}-${time.slice(0, 10)}`;
    const told = { id: `yos-${appointmentReference}`, subject: record, time };
    return canonicalEvent(AppointmentRecordedSchema, told, { appointmentReference, purpose, attended, person });
  };
  const allocated = (record: string, person: Simulated, time: string, to: typeof casey) =>
    canonicalEvent(CaseAllocatedSchema, { id: `yos-allocated-${record}`, subject: record, time }, { ...to, person });

  // Sam is away this week: Casey acts for Wren.
  const cover = canonicalEvent(
    CoverArrangedSchema,
    { id: 'yos-cover-CV-2077', subject: 'CV-2077', time: at(2, '09:10') },
    { coversFrom: at(1, '08:00'), coversUntil: at(-5, '18:00'), ...casey, person: wren },
  );
  return [
    ...assessed(at, kit),
    allocated('CV-2041', kit, at(700, '09:30'), casey),
    appointment('CV-2041', kit, at(690, '15:00'), 'assessment', true),
    appointment('CV-2041', kit, at(640, '16:00'), 'reparation', true),
    appointment('CV-2041', kit, at(610, '16:00'), 'supervision', false),
    appointment('CV-2041', kit, at(470, '15:00'), 'safety planning', true),
    allocated('CV-2077', wren, at(400, '10:00'), sam),
    appointment('CV-2077', wren, at(350, '16:30'), 'supervision', true),
    appointment('CV-2041', kit, at(250, '15:30'), 'unpaid work', true),
    appointment('CV-2041', kit, at(120, '15:00'), 'supervision', false),
    appointment('CV-2041', kit, at(20, '14:00'), 'transition planning', true),
    cover,
  ].map((event) => ({ system: 'yos', door: 'events', event }));
}
