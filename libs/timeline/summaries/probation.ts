import { type Reading } from '../reading.js';
import { supervisionReadings } from './supervision.js';

export const probationReadings: Readonly<Record<string, Reading>> = {
  ...supervisionReadings,
  'hub.probation.v1.OfficerAllocated': {
    labels: { officerId: 'Officer', team: 'Team' },
  },
  'hub.probation.v1.PractitionerAllocated': {
    labels: {},
    // An id of probation's own: which practitioner it is, the event does not say.
    silent: ['allocationId'],
  },
};
