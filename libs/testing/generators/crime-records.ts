// What a force holds of a child, as a custodian serves it: for round trips, and for fuzzing.
import fc from 'fast-check';
import { anyDay, anyText } from './values.js';

const episode = fc.record({ date: anyDay, interviewed: fc.boolean() }, { requiredKeys: ['date'] });
const status = fc.record({ status: anyText, plan: anyText }, { requiredKeys: ['status'] });
const harms = fc.record(
  { sexual: fc.boolean(), criminal: fc.boolean(), radicalisation: fc.boolean(), slavery: fc.boolean(), gangs: fc.boolean() }, // prettier-ignore
  { requiredKeys: [] },
);

export const crimeRecordsSeen = fc.record(
  {
    marker: anyText,
    services: fc.array(anyText, { maxLength: 3 }),
    protection: fc.oneof(anyDay, fc.constant('None')),
    episodes: fc.uniqueArray(episode, { selector: (one) => one.date, maxLength: 4 }),
    risks: harms,
    statuses: fc.uniqueArray(status, { selector: (one) => one.status, maxLength: 4 }),
  },
  { requiredKeys: [] },
);
