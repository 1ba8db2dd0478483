import { everyEvent, everyWithdrawal } from '../../../libs/simulations/every-event/every-event.js';
import type { CloudEvent } from '../../../libs/simulations/cloud-event.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';

/** When every example was written. */
export const AT = '2026-03-01T09:30:00Z';
// Nobody: a name that was made up, and a number from the range that is given to no patient.
export const nobody = {
  givenNames: 'Robin',
  familyName: 'Exampleton',
  birthDate: '2010-05-06',
  nhsNumber: testNhsNumber(101),
};

/** One example of every event that partners publish, by type; the same on every call. */
export function examples(): ReadonlyMap<string, CloudEvent> {
  const events = [...everyEvent(nobody, AT), ...everyWithdrawal('message-1', AT)];
  return new Map(events.map((event) => [event.type, event]));
}
