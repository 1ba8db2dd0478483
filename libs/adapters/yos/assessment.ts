import {
  AssessmentCountersignedSchema,
  AssessmentSignedOffSchema,
  AssessmentStageCompleted_Stage as Stage,
  AssessmentStageCompletedSchema,
  InterventionEnded_Outcome as Outcome,
  InterventionEndedSchema,
  InterventionStartedSchema,
  ReportDeliveredSchema,
  ReportRequestedSchema,
  RiskRegisterSignedOffSchema,
} from '../../contracts/gen/hub/yos/v1/assessment_pb.js';
import { RiskJudged_Level as Level, RiskJudgedSchema } from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { OrderKind } from '../../contracts/gen/hub/yos/v1/orders_pb.js';
import { recordKind, type RecordKind } from '../reading/records/record-kind.js';
import { judgements, levels, outcomes, reports, sections, stages } from './assessment-codes.js';
import { orderKinds } from './orders.js';

export const assessmentRecords: Readonly<Record<string, RecordKind>> = {
  'risk-judgement': recordKind(RiskJudgedSchema, 'judgedOn', (cells, person) => ({
    judgement: cells.requiredCode('judgement', judgements),
    level: cells.requiredCode('level', levels),
    judgedOn: cells.day('judgedOn'),
    judgedBy: cells.text('judgedBy'),
    countersignedOn: cells.day('countersignedOn'),
    countersignedBy: cells.text('countersignedBy'),
    person,
  })),
  'assessment-stage': recordKind(AssessmentStageCompletedSchema, 'completedOn', (cells, person) => ({
    assessmentReference: cells.text('assessmentRef'),
    section: cells.requiredCode('section', sections),
    stage: cells.coded('stage', stages, Stage.UNSPECIFIED),
    completedOn: cells.day('completedOn'),
    completedBy: cells.text('completedBy'),
    hasChildsView: cells.flag('childsView'),
    hasParentsView: cells.flag('parentsView'),
    copyGiven: cells.flag('copyGiven'),
    person,
  })),
  'assessment-signed-off': recordKind(AssessmentSignedOffSchema, 'signedOffOn', (cells, person) => ({
    assessmentReference: cells.text('assessmentRef'),
    level: cells.coded('level', levels, Level.UNSPECIFIED),
    signedOffOn: cells.day('signedOffOn'),
    signedOffBy: cells.text('signedOffBy'),
    person,
  })),
  'assessment-countersigned': recordKind(AssessmentCountersignedSchema, 'countersignedOn', (cells, person) => ({
    assessmentReference: cells.text('assessmentRef'),
    level: cells.coded('level', levels, Level.UNSPECIFIED),
    countersignedOn: cells.day('countersignedOn'),
    countersignedBy: cells.text('countersignedBy'),
    sentBack: cells.flag('sentBack'),
    comment: cells.text('comment'),
    person,
  })),
  'risk-register': recordKind(RiskRegisterSignedOffSchema, 'week', (cells, person) => ({
    week: cells.day('week'),
    level: cells.coded('level', levels, Level.UNSPECIFIED),
    signedOffBy: cells.text('signedOffBy'),
    decision: cells.text('decision'),
    person,
  })),
  intervention: recordKind(InterventionStartedSchema, 'startedOn', (cells, person) => ({
    interventionReference: cells.text('interventionRef'),
    what: cells.text('what'),
    provider: cells.text('provider'),
    startedOn: cells.day('startedOn'),
    voluntary: cells.flag('voluntary'),
    person,
  })),
  'intervention-ended': recordKind(InterventionEndedSchema, 'endedOn', (cells, person) => ({
    interventionReference: cells.text('interventionRef'),
    endedOn: cells.day('endedOn'),
    outcome: cells.coded('outcome', outcomes, Outcome.UNSPECIFIED),
    person,
  })),
  'report-requested': recordKind(ReportRequestedSchema, 'requestedOn', (cells, person) => ({
    reportReference: cells.text('reportRef'),
    kind: cells.requiredCode('reportType', reports),
    requestedOn: cells.day('requestedOn'),
    dueOn: cells.day('dueOn'),
    courtCode: cells.text('courtCode'),
    person,
  })),
  report: recordKind(ReportDeliveredSchema, 'deliveredOn', (cells, person) => ({
    reportReference: cells.text('reportRef'),
    kind: cells.requiredCode('reportType', reports),
    deliveredOn: cells.day('deliveredOn'),
    gatekeptBy: cells.text('gatekeptBy'),
    victimContentChecked: cells.flag('victimContentChecked'),
    proposes: cells.coded('proposes', orderKinds, OrderKind.UNSPECIFIED),
    person,
  })),
};
