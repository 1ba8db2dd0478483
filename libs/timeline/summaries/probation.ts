import { type Reading } from '../reading.js';

export const probationReadings: Readonly<Record<string, Reading>> = {
  'hub.probation.v1.OfficerAllocated': {
    labels: { officerId: 'Officer', team: 'Team' },
  },
  'hub.probation.v1.PractitionerAllocated': {
    labels: {},
    // An id of probation's own: which practitioner it is, the event does not say.
    silent: ['allocationId'],
  },
};
