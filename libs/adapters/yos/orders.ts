import {
  BreachActionRecorded_Stage as Stage,
  BreachActionRecordedSchema,
  CaretakingArrangedSchema,
  OrderEnded_Reason as Reason,
  OrderEndedSchema,
  OrderKind,
  OrderMadeSchema,
  OrderVariedSchema,
  RequirementKind,
  RequirementProgressSchema,
  RequirementSetSchema,
} from '../../contracts/gen/hub/yos/v1/orders_pb.js';
import { recordKind, type RecordKind } from '../reading/records/record-kind.js';

/** What case systems call an order, and courts as well. */
export const orderKinds: Readonly<Record<string, OrderKind>> = {
  'referral-order': OrderKind.REFERRAL,
  ro: OrderKind.REFERRAL,
  'youth-rehabilitation-order': OrderKind.YOUTH_REHABILITATION,
  yro: OrderKind.YOUTH_REHABILITATION,
  'yro-iss': OrderKind.YOUTH_REHABILITATION_ISS,
  'yro-fostering': OrderKind.YOUTH_REHABILITATION_FOSTERING,
  'detention-and-training-order': OrderKind.DETENTION_AND_TRAINING,
  dto: OrderKind.DETENTION_AND_TRAINING,
  'section-250': OrderKind.LONGER_DETENTION,
  'section-259': OrderKind.LONGER_DETENTION,
  'reparation-order': OrderKind.REPARATION,
  'parenting-order': OrderKind.PARENTING,
  'criminal-behaviour-order': OrderKind.CRIMINAL_BEHAVIOUR,
  'conditional-discharge': OrderKind.CONDITIONAL_DISCHARGE,
  'bail-support': OrderKind.BAIL_SUPPORT,
  other: OrderKind.OTHER,
};

const endReasons: Readonly<Record<string, Reason>> = {
  completed: Reason.COMPLETED,
  'revoked-good-progress': Reason.REVOKED_FOR_PROGRESS,
  revoked: Reason.REVOKED,
  transferred: Reason.TRANSFERRED,
  appealed: Reason.APPEALED,
  death: Reason.DEATH,
};

const requirements: Readonly<Record<string, RequirementKind>> = {
  supervision: RequirementKind.SUPERVISION,
  activity: RequirementKind.ACTIVITY,
  programme: RequirementKind.PROGRAMME,
  'unpaid-work': RequirementKind.UNPAID_WORK,
  reparation: RequirementKind.REPARATION,
  'attendance-centre': RequirementKind.ATTENDANCE_CENTRE,
  curfew: RequirementKind.CURFEW,
  exclusion: RequirementKind.EXCLUSION,
  'prohibited-activity': RequirementKind.PROHIBITED_ACTIVITY,
  residence: RequirementKind.RESIDENCE,
  education: RequirementKind.EDUCATION,
  'electronic-monitoring': RequirementKind.ELECTRONIC_MONITORING,
  'substance-treatment': RequirementKind.SUBSTANCE_TREATMENT,
  'mental-health-treatment': RequirementKind.MENTAL_HEALTH_TREATMENT,
  iss: RequirementKind.INTENSIVE_SUPERVISION,
  other: RequirementKind.OTHER,
};

const stages: Readonly<Record<string, Stage>> = {
  warning: Stage.WARNING,
  'final-warning': Stage.FINAL_WARNING,
  'compliance-meeting': Stage.COMPLIANCE_MEETING,
  'sent-to-court': Stage.SENT_TO_COURT,
  proven: Stage.PROVEN,
  withdrawn: Stage.WITHDRAWN,
};

export const orderRecords: Readonly<Record<string, RecordKind>> = {
  order: recordKind(OrderMadeSchema, 'madeOn', (cells, person) => ({
    orderReference: cells.text('orderRef'),
    kind: cells.requiredCode('orderType', orderKinds),
    madeOn: cells.day('madeOn'),
    endsOn: cells.day('endsOn'),
    courtCode: cells.text('courtCode'),
    detail: cells.text('detail'),
    responsibleService: cells.text('responsibleService'),
    person,
  })),
  'order-varied': recordKind(OrderVariedSchema, 'variedOn', (cells, person) => ({
    orderReference: cells.text('orderRef'),
    variedOn: cells.day('variedOn'),
    change: cells.text('change'),
    endsOn: cells.day('endsOn'),
    person,
  })),
  'order-ended': recordKind(OrderEndedSchema, 'endedOn', (cells, person) => ({
    orderReference: cells.text('orderRef'),
    endedOn: cells.day('endedOn'),
    reason: cells.coded('reason', endReasons, Reason.UNSPECIFIED),
    person,
  })),
  requirement: recordKind(RequirementSetSchema, 'setOn', (cells, person) => ({
    orderReference: cells.text('orderRef'),
    requirementReference: cells.text('requirementRef'),
    kind: cells.requiredCode('requirementType', requirements),
    hoursRequired: cells.number('hours'),
    completeBy: cells.day('completeBy'),
    person,
  })),
  hours: recordKind(RequirementProgressSchema, 'asOf', (cells, person) => ({
    orderReference: cells.text('orderRef'),
    requirementReference: cells.text('requirementRef'),
    asOf: cells.day('asOf'),
    hoursDone: cells.number('hoursDone'),
    person,
  })),
  breach: recordKind(BreachActionRecordedSchema, 'actedOn', (cells, person) => ({
    breachReference: cells.text('breachRef'),
    stage: cells.requiredCode('stage', stages),
    orderReference: cells.text('orderRef'),
    actedOn: cells.day('actedOn'),
    person,
  })),
  caretaking: recordKind(CaretakingArrangedSchema, 'askedOn', (cells, person) => ({
    caretakingReference: cells.text('caretakingRef'),
    homeAuthority: cells.text('homeAuthority'),
    hostAuthority: cells.text('hostAuthority'),
    breaches: cells.text('breaches'),
    askedOn: cells.day('askedOn'),
    acceptedOn: cells.day('acceptedOn'),
    endedOn: cells.day('endedOn'),
    person,
  })),
};
