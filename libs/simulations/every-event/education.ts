import { ExploitationKind, IndicatorStrength } from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../contracts/gen/hub/education/v1/exploitation_pb.js';
import {
  DestinationRecorded_Destination as Destination,
  DestinationRecordedSchema,
  EteHoursRecordedSchema,
} from '../../contracts/gen/hub/education/v1/participation_pb.js';
import {
  EhcPlanContentRecordedSchema,
  EhcPlanSentSchema,
  EhcPlanStageRecorded_Stage as PlanStage,
  EhcPlanStageRecordedSchema,
  SchoolRecordSentSchema,
} from '../../contracts/gen/hub/education/v1/plans_pb.js';
import {
  EducationRecordObservedSchema,
  EducationSettingChangedSchema,
  EducationStatusChangedSchema,
  PersonalDetailsObservedSchema,
  YearFigureChanged_Figure as Figure,
  YearFigureChangedSchema,
} from '../../contracts/gen/hub/education/v1/record_pb.js';
import {
  AlternativeProvisionArrangedSchema,
  AttendanceRecordedSchema,
  ExclusionRecorded_Stage as ExclusionStage,
  ExclusionRecordedSchema,
  SuspensionRecordedSchema,
} from '../../contracts/gen/hub/education/v1/school_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';
import { toldOf } from './told-of.js';

const setting = 'Fernhill Academy';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyEducationEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(SuspensionRecordedSchema, told('suspension', 'pupil'), {
      suspensionReference: `SUS-${serial}`,
      startedOn: day,
      sessions: 6,
      reasonCode: 'PP',
      reason: 'Physical assault against a pupil',
      setting,
      person,
    }),
    canonicalEvent(ExclusionRecordedSchema, told('exclusion', 'pupil'), {
      exclusionReference: `EXC-${serial}`,
      excludedOn: day,
      stage: ExclusionStage.DECIDED,
      reasonCode: 'DB',
      reason: 'Persistent disruptive behaviour',
      setting,
      person,
    }),
    canonicalEvent(AttendanceRecordedSchema, told('attendance', 'pupil'), {
      periodFrom: day,
      periodTo: day,
      sessionsPossible: 10,
      sessionsAttended: 6,
      authorisedAbsences: 1,
      unauthorisedAbsences: 3,
      setting,
      person,
    }),
    canonicalEvent(AlternativeProvisionArrangedSchema, told('alternative-provision', 'pupil'), {
      startedOn: day,
      provider: 'Fernhill pupil referral unit',
      kind: 'pupil-referral-unit',
      hoursPerWeek: 15,
      followsReference: `SUS-${serial}`,
      person,
    }),
    canonicalEvent(EteHoursRecordedSchema, told('ete-hours', 'pupil'), {
      weekCommencing: day,
      hoursOffered: 25,
      hoursAttended: 12.5,
      schoolAge: true,
      kind: 'school',
      provider: setting,
      person,
    }),
    canonicalEvent(DestinationRecordedSchema, told('destination', 'pupil'), {
      startedOn: day,
      destination: Destination.NEET,
      person,
    }),
    canonicalEvent(ExploitationIndicatorRecordedSchema, told('school-indicator', 'pupil'), {
      indicatorReference: `IND-E-${serial}`,
      kind: ExploitationKind.COUNTY_LINES,
      strength: IndicatorStrength.MODERATE,
      detail: 'Two phones, and a new coat that nobody at home bought.',
      observedOn: day,
      person,
    }),
    ...everyPlanEvent(person, time, serial),
    ...everyEducationRecordChange(person, time, serial),
  ];
}

function everyPlanEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  const planReference = `EHCP-${serial}`;
  return [
    canonicalEvent(EhcPlanStageRecordedSchema, told('plan-stage', 'pupil'), {
      planReference,
      stage: PlanStage.FINAL_ISSUED,
      reachedOn: day,
      authority: 'Fernhill',
      namedSetting: setting,
      person,
    }),
    canonicalEvent(EhcPlanContentRecordedSchema, told('plan-content', 'pupil'), {
      planReference,
      issuedOn: day,
      primaryNeed: 'Speech, language and communication',
      needs: ['Needs time to take in what is said'],
      provision: ['An hour of speech and language therapy a week'],
      person,
    }),
    canonicalEvent(EhcPlanSentSchema, told('plan-sent', 'pupil'), {
      planReference,
      sentTo: 'yos',
      sentOn: day,
      person,
    }),
    canonicalEvent(SchoolRecordSentSchema, told('school-record-sent', 'pupil'), {
      sentTo: 'Fernhill secure children’s home',
      sentOn: day,
      documents: ['school-record', 'pupil-passport'],
      person,
    }),
  ];
}

function everyEducationRecordChange(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const observedAt = time;
  return [
    canonicalEvent(EducationRecordObservedSchema, told('education-record', 'pupil'), { setting, person }),
    canonicalEvent(PersonalDetailsObservedSchema, told('pupil-details', 'pupil'), { person }),
    canonicalEvent(EducationSettingChangedSchema, told('setting', 'pupil'), { setting, observedAt, person }),
    canonicalEvent(EducationStatusChangedSchema, told('education-status', 'pupil'), {
      status: 'SEND',
      plan: 'Education, Health and Care (EHC) plan',
      observedAt,
      person,
    }),
    canonicalEvent(YearFigureChangedSchema, told('year-figure', 'pupil'), {
      year: Number(time.slice(0, 4)),
      figure: Figure.ATTENDANCE_PERCENTAGE,
      value: 72.5,
      observedAt,
      person,
    }),
  ];
}
