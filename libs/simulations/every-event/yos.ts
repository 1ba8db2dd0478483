import {
  AppointmentPlannedSchema,
  AppointmentRecordedSchema,
  CaseAllocatedSchema,
  CaseClosedSchema,
  CommunicationNeedsRecordedSchema,
  CoverArrangedSchema,
  RiskJudged_Judgement as Judgement,
  RiskJudged_Level as Level,
  RiskJudgedSchema,
  VitalFlagRecorded_Kind as Flag,
  VitalFlagRecordedSchema,
} from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { ExploitationKind, IndicatorStrength } from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import {
  ExploitationIndicatorRecordedSchema,
  ReturnInterviewUseRecordedSchema,
  StrategyContributionRecordedSchema,
} from '../../contracts/gen/hub/yos/v1/missing_and_exploitation_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';
import { everyAssessmentEvent } from './yos-assessment.js';
import { everyOrderEvent } from './yos-orders.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyYosEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    ...everyOrderEvent(person, time, serial),
    ...everyAssessmentEvent(person, time, serial),
    canonicalEvent(CaseAllocatedSchema, told('case-allocated', 'case'), {
      worker: 'casey.manager',
      workerName: 'Casey Manager',
      team: 'Fernhill East',
      person,
    }),
    canonicalEvent(CoverArrangedSchema, told('cover-arranged', 'case'), {
      coversFrom: time,
      worker: 'sam.worker',
      workerName: 'Sam Worker',
      team: 'Fernhill West',
      person,
    }),
    canonicalEvent(CaseClosedSchema, told('case-closed', 'case'), { reason: 'order ended', person }),
    canonicalEvent(AppointmentRecordedSchema, told('appointment', 'case'), {
      appointmentReference: `AP-${serial}`,
      purpose: 'supervision',
      attended: true,
      person,
    }),
    canonicalEvent(AppointmentPlannedSchema, told('appointment-planned', 'case'), {
      appointmentReference: `AP-${serial}`,
      plannedFor: time,
      purpose: 'supervision',
      place: 'office',
      person,
    }),
    canonicalEvent(RiskJudgedSchema, told('risk-judged', 'case'), {
      judgement: Judgement.HARM_TO_OTHERS,
      level: Level.HIGH,
      judgedOn: day,
      judgedBy: 'Casey Manager',
      countersignedOn: day,
      countersignedBy: 'Toni Manager',
      person,
    }),
    canonicalEvent(VitalFlagRecordedSchema, told('vital-flag', 'case'), {
      flagReference: `VF-${serial}`,
      kind: Flag.ALLERGY,
      detail: 'Nuts: carries two pens',
      person,
    }),
    canonicalEvent(CommunicationNeedsRecordedSchema, told('communication-needs', 'case'), {
      needs: ['Short sentences', 'Time to answer'],
      person,
    }),
    canonicalEvent(ReturnInterviewUseRecordedSchema, told('return-interview-use', 'case'), {
      interviewReference: `RHI-${serial}`,
      howUsed: 'Safety plan changed: travel home from school is arranged',
      planReviewedOn: day,
      usedBy: 'Casey Manager',
      person,
    }),
    canonicalEvent(StrategyContributionRecordedSchema, told('strategy-contribution', 'case'), {
      discussionReference: `SD-${serial}`,
      contributedBy: 'Casey Manager',
      manner: 'written-report',
      person,
    }),
    canonicalEvent(ExploitationIndicatorRecordedSchema, told('exploitation-indicator', 'case'), {
      indicatorReference: `XI-${serial}`,
      kind: ExploitationKind.COUNTY_LINES,
      strength: IndicatorStrength.MODERATE,
      detail: 'Two phones, and money that nobody accounts for',
      observedOn: day,
      person,
    }),
  ];
}
