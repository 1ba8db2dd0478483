import { ExploitationKind, IndicatorStrength } from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import {
  ExploitationIndicatorRecordedSchema,
  ReturnInterviewUseRecordedSchema,
  StrategyContributionRecordedSchema,
} from '../../contracts/gen/hub/yos/v1/missing_and_exploitation_pb.js';
import {
  AppointmentPlannedSchema,
  AppointmentRecordedSchema,
  CaseAllocatedSchema,
  CaseClosedSchema,
  CommunicationNeedsRecordedSchema,
  CoverArrangedSchema,
  VitalFlagRecorded_Kind as Flag,
  VitalFlagRecordedSchema,
} from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { recordKind, type RecordKind } from '../reading/records/record-kind.js';

const flags: Readonly<Record<string, Flag>> = {
  'self-harm': Flag.SELF_HARM,
  medical: Flag.MEDICAL,
  medication: Flag.MEDICATION,
  allergy: Flag.ALLERGY,
};

const exploitation: Readonly<Record<string, ExploitationKind>> = {
  cse: ExploitationKind.SEXUAL,
  cce: ExploitationKind.CRIMINAL,
  'county-lines': ExploitationKind.COUNTY_LINES,
  'modern-slavery': ExploitationKind.MODERN_SLAVERY,
  other: ExploitationKind.OTHER,
};

const strengths: Readonly<Record<string, IndicatorStrength>> = {
  weak: IndicatorStrength.WEAK,
  moderate: IndicatorStrength.MODERATE,
  strong: IndicatorStrength.STRONG,
};

export const caseWorkRecords: Readonly<Record<string, RecordKind>> = {
  allocation: recordKind(CaseAllocatedSchema, undefined, (cells, person) => ({
    worker: cells.text('worker'),
    workerName: cells.text('workerName'),
    team: cells.text('team'),
    person,
  })),
  'case-closed': recordKind(CaseClosedSchema, undefined, (cells, person) => ({ reason: cells.text('reason'), person })),
  cover: recordKind(CoverArrangedSchema, undefined, (cells, person) => ({
    coversFrom: cells.instant('coversFrom'),
    coversUntil: cells.instant('coversUntil'),
    worker: cells.text('worker'),
    workerName: cells.text('workerName'),
    team: cells.text('team'),
    person,
  })),
  'appointment-planned': recordKind(AppointmentPlannedSchema, undefined, (cells, person) => ({
    appointmentReference: cells.text('appointmentRef'),
    plannedFor: cells.instant('plannedFor'),
    purpose: cells.text('purpose'),
    place: cells.text('place'),
    cancelled: cells.flag('cancelled'),
    person,
  })),
  appointment: recordKind(AppointmentRecordedSchema, undefined, (cells, person) => ({
    appointmentReference: cells.text('appointmentRef'),
    purpose: cells.text('purpose'),
    attended: cells.flag('attended'),
    person,
  })),
  flag: recordKind(VitalFlagRecordedSchema, 'flaggedOn', (cells, person) => ({
    flagReference: cells.text('flagRef'),
    kind: cells.requiredCode('flagType', flags),
    detail: cells.text('detail'),
    endedOn: cells.day('endedOn'),
    person,
  })),
  'communication-needs': recordKind(CommunicationNeedsRecordedSchema, undefined, (cells, person) => ({
    needs: [...cells.list('needs')],
    person,
  })),
  'return-interview-used': recordKind(ReturnInterviewUseRecordedSchema, 'usedOn', (cells, person) => ({
    interviewReference: cells.text('interviewRef'),
    howUsed: cells.text('howUsed'),
    planReviewedOn: cells.day('planReviewedOn'),
    usedBy: cells.text('usedBy'),
    person,
  })),
  'strategy-contribution': recordKind(StrategyContributionRecordedSchema, 'contributedOn', (cells, person) => ({
    discussionReference: cells.text('discussionRef'),
    contributedBy: cells.text('contributedBy'),
    manner: cells.text('manner'),
    person,
  })),
  'exploitation-indicator': recordKind(ExploitationIndicatorRecordedSchema, 'observedOn', (cells, person) => ({
    indicatorReference: cells.text('indicatorRef'),
    kind: cells.requiredCode('exploitationType', exploitation),
    strength: cells.coded('strength', strengths, IndicatorStrength.UNSPECIFIED),
    detail: cells.text('detail'),
    observedOn: cells.day('observedOn'),
    person,
  })),
};
