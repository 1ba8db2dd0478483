import {
  ArrestedSchema,
  ChargedSchema,
  MissingFoundSchema,
  MissingReported_RiskGrade as RiskGrade,
  MissingReportedSchema,
} from '../../contracts/gen/hub/police/v1/police_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { everyRecordChange } from '../every-record-change.js';
import { type Simulated } from '../people.js';
import { everyPoliceCustodyEvent } from './police-custody.js';
import { everyPoliceDisposalEvent } from './police-disposals.js';
import { everyPoliceSafeguardingEvent } from './police-safeguarding.js';
import { toldOf } from './told-of.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyPoliceEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  return [
    canonicalEvent(MissingReportedSchema, told('missing-reported', 'nominal'), {
      reportReference: `MR-${serial}`,
      risk: RiskGrade.HIGH,
      reportedBy: 'carer',
      lastSeen: 'placement',
      lastSeenAt: time,
      force: '99',
      homeAuthority: 'Fernhill',
      reportedMissingAt: time,
      person,
    }),
    canonicalEvent(MissingFoundSchema, told('missing-found', 'nominal'), {
      reportReference: `MR-${serial}`,
      foundAt: 'friend',
      person,
    }),
    canonicalEvent(ArrestedSchema, told('arrested', 'nominal'), {
      custodyNumber: `99TC/${serial}/26`,
      offenceCode: 'TH68010',
      offenceTitle: 'Theft from a shop',
      force: '99',
      person,
    }),
    canonicalEvent(ChargedSchema, told('charged', 'nominal'), {
      arrestSummonsNumber: `26/99TC/01/${serial}A`,
      offenceCode: 'TH68010',
      offenceTitle: 'Theft from a shop',
      person,
    }),
    ...everyPoliceCustodyEvent(person, time, serial),
    ...everyPoliceDisposalEvent(person, time, serial),
    ...everyPoliceSafeguardingEvent(person, time, serial),
    ...everyRecordChange(person, time, serial),
  ];
}
