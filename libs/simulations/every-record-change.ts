import {
  ActiveStatusChangedSchema,
  CrimeRecordObservedSchema,
  KnownServiceListedSchema,
  MissingEpisodeListedSchema,
  PoliceMarkerChangedSchema,
  PoliceProtectionUsedSchema,
  RadicalisationRiskChangedSchema,
  ReturnInterviewNotedSchema,
  RiskFlagChanged_Risk as Risk,
  RiskFlagChangedSchema,
} from '../contracts/gen/hub/police/v1/police_pb.js';
import { canonicalEvent, type CloudEvent } from './cloud-event.js';
import type { Simulated } from './people.js';

/** One of every event that a police record's snapshots give, and the snapshot, as a force would state them itself. */
export function everyRecordChange(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = (name: string) => ({ id: `${name}-${serial}`, subject: `nominal-${serial}`, time });
  const [day, observedAt] = [time.slice(0, 10), time];
  return [
    canonicalEvent(CrimeRecordObservedSchema, told('record-observed'), {
      markerDetails: 'Dog at the address',
      riskCriminalExploitation: true,
      person,
    }),
    canonicalEvent(PoliceMarkerChangedSchema, told('marker'), { details: 'Dog at the address', observedAt, person }),
    canonicalEvent(RiskFlagChangedSchema, told('risk-flag'), {
      risk: Risk.CRIMINAL_EXPLOITATION,
      atRisk: true,
      observedAt,
      person,
    }),
    canonicalEvent(RadicalisationRiskChangedSchema, told('radicalisation'), { atRisk: true, observedAt, person }),
    canonicalEvent(KnownServiceListedSchema, told('service'), { service: 'Fernhill youth club', person }),
    canonicalEvent(PoliceProtectionUsedSchema, told('protection'), { usedOn: day, person }),
    canonicalEvent(MissingEpisodeListedSchema, told('episode-listed'), { beganOn: day, person }),
    canonicalEvent(ReturnInterviewNotedSchema, told('interview-noted'), {
      episodeBeganOn: day,
      attended: true,
      observedAt,
      person,
    }),
    canonicalEvent(ActiveStatusChangedSchema, told('status'), {
      status: 'Open to the youth justice service',
      observedAt,
      person,
    }),
  ];
}
