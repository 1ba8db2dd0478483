import { ExploitationKind, IndicatorStrength } from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import {
  HealthNeedRecorded_Kind as Need,
  HealthNeedRecordedSchema,
  ScoreRecorded_Rater as Rater,
  ScoreRecorded_Scale as Scale,
  ScoreRecordedSchema,
  ScreeningCompleted_Part as Part,
  ScreeningCompletedSchema,
} from '../../contracts/gen/hub/health/v1/assessment_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../contracts/gen/hub/health/v1/exploitation_pb.js';
import {
  HealthService,
  InvolvementRecorded_Milestone as Milestone,
  InvolvementRecordedSchema,
  SubstanceMisuseAssessedSchema,
  SubstanceMisuseReferredSchema,
  SubstanceMisuseTreatmentEnded_Exit as Exit,
  SubstanceMisuseTreatmentEndedSchema,
  SubstanceMisuseTreatmentStartedSchema,
} from '../../contracts/gen/hub/health/v1/involvement_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';
import { everyHealthRecordEvent } from './health-record.js';
import { toldOf } from './told-of.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyHealthEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(ExploitationIndicatorRecordedSchema, told('health-indicator', 'patient'), {
      indicatorReference: `IND-H-${serial}`,
      kind: ExploitationKind.SEXUAL,
      strength: IndicatorStrength.WEAK,
      detail: 'Brought to the sexual health clinic by an adult who would not give a name.',
      observedOn: day,
      person,
    }),
    canonicalEvent(InvolvementRecordedSchema, told('involvement', 'patient'), {
      involvementReference: `INV-${serial}`,
      milestone: Milestone.STARTED,
      service: HealthService.CAMHS,
      provider: 'Fernhill CAMHS',
      on: day,
      person,
    }),
    ...everySubstanceMisuseEvent(person, time, serial),
    canonicalEvent(ScreeningCompletedSchema, told('screening', 'patient'), {
      screeningReference: `SCR-${serial}`,
      service: HealthService.CHAT,
      part: Part.RECEPTION,
      provider: 'Fernhill secure children’s home',
      person,
    }),
    canonicalEvent(ScoreRecordedSchema, told('score', 'patient'), {
      scoreReference: `SCO-${serial}`,
      scale: Scale.SDQ,
      total: 19,
      rater: Rater.PARENT,
      parts: [{ label: 'Emotional symptoms', value: '6' }],
      provider: 'Fernhill CAMHS',
      person,
    }),
    canonicalEvent(HealthNeedRecordedSchema, told('need', 'patient'), {
      needReference: `NEED-${serial}`,
      kind: Need.ALLERGY,
      detail: 'Penicillin: carries an adrenaline pen',
      person,
    }),
    ...everyHealthRecordEvent(person, time, serial),
  ];
}

function everySubstanceMisuseEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const provider = 'Fernhill young people’s service';
  const referralReference = `SM-${serial}`;
  const treatmentReference = `SMT-${serial}`;
  return [
    canonicalEvent(SubstanceMisuseReferredSchema, told('sm-referred', 'patient'), {
      referralReference,
      provider,
      person,
    }),
    canonicalEvent(SubstanceMisuseAssessedSchema, told('sm-assessed', 'patient'), {
      referralReference,
      provider,
      person,
    }),
    canonicalEvent(SubstanceMisuseTreatmentStartedSchema, told('sm-started', 'patient'), {
      treatmentReference,
      referralReference,
      provider,
      person,
    }),
    canonicalEvent(SubstanceMisuseTreatmentEndedSchema, told('sm-ended', 'patient'), {
      treatmentReference,
      exit: Exit.PLANNED,
      provider,
      person,
    }),
  ];
}
