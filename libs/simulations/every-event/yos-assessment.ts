import {
  AssessmentCountersignedSchema,
  AssessmentSignedOffSchema,
  AssessmentStageCompleted_Section as Section,
  AssessmentStageCompleted_Stage as Stage,
  AssessmentStageCompletedSchema,
  InterventionEnded_Outcome as Outcome,
  InterventionEndedSchema,
  InterventionStartedSchema,
  ReportDeliveredSchema,
  ReportKind,
  ReportRequestedSchema,
  RiskRegisterSignedOffSchema,
} from '../../contracts/gen/hub/yos/v1/assessment_pb.js';
import { OrderKind } from '../../contracts/gen/hub/yos/v1/orders_pb.js';
import {
  OutOfCourtPanelDecided_Decision as Decision,
  OutOfCourtPanelDecidedSchema,
  SeriousIncidentReported_Kind as Incident,
  SeriousIncidentReportedSchema,
  VictimContactRecorded_Kind as Contact,
  VictimContactRecordedSchema,
  VictimSafetyActionRecorded_Kind as Safety,
  VictimSafetyActionRecordedSchema,
} from '../../contracts/gen/hub/yos/v1/panels_and_victims_pb.js';
import { RiskJudged_Level as Level } from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event of the youth offending service about assessment, interventions and reports. */
export function everyAssessmentEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  const assessmentReference = `AS-${serial}`;
  return [
    canonicalEvent(AssessmentStageCompletedSchema, told('assessment-stage', 'case'), {
      assessmentReference,
      section: Section.PATHWAYS_AND_PLANNING,
      stage: Stage.REVIEW,
      completedOn: day,
      completedBy: 'Casey Manager',
      hasChildsView: true,
      hasParentsView: true,
      copyGiven: true,
      person,
    }),
    canonicalEvent(AssessmentSignedOffSchema, told('assessment-signed-off', 'case'), {
      assessmentReference,
      level: Level.MEDIUM,
      signedOffOn: day,
      signedOffBy: 'Casey Manager',
      person,
    }),
    canonicalEvent(AssessmentCountersignedSchema, told('assessment-countersigned', 'case'), {
      assessmentReference,
      level: Level.MEDIUM,
      countersignedOn: day,
      countersignedBy: 'Toni Manager',
      sentBack: true,
      comment: 'The child’s own view is missing',
      person,
    }),
    canonicalEvent(RiskRegisterSignedOffSchema, told('risk-register', 'case'), {
      week: day,
      level: Level.HIGH,
      signedOffBy: 'Toni Manager',
      decision: 'Weekly contact goes on',
      person,
    }),
    canonicalEvent(InterventionStartedSchema, told('intervention-started', 'case'), {
      interventionReference: `IN-${serial}`,
      what: 'knife-crime-programme',
      provider: 'Fernhill Youth',
      startedOn: day,
      voluntary: true,
      person,
    }),
    canonicalEvent(InterventionEndedSchema, told('intervention-ended', 'case'), {
      interventionReference: `IN-${serial}`,
      endedOn: day,
      outcome: Outcome.COMPLETED,
      person,
    }),
    canonicalEvent(ReportRequestedSchema, told('report-requested', 'case'), {
      reportReference: `RP-${serial}`,
      kind: ReportKind.PRE_SENTENCE,
      requestedOn: day,
      dueOn: '2026-02-20',
      courtCode: 'B20EB',
      person,
    }),
    canonicalEvent(ReportDeliveredSchema, told('report-delivered', 'case'), {
      reportReference: `RP-${serial}`,
      kind: ReportKind.PRE_SENTENCE,
      deliveredOn: day,
      gatekeptBy: 'Toni Manager',
      victimContentChecked: true,
      proposes: OrderKind.REFERRAL,
      person,
    }),
    ...everyPanelEvent(person, time, serial),
  ];
}

function everyPanelEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(OutOfCourtPanelDecidedSchema, told('out-of-court-panel', 'case'), {
      panelReference: `PA-${serial}`,
      panelOn: day,
      decision: Decision.OUTCOME_22,
      conditions: ['Six sessions with a mentor'],
      attended: ['police', 'yos'],
      person,
    }),
    canonicalEvent(SeriousIncidentReportedSchema, told('serious-incident', 'case'), {
      incidentReference: `SI-${serial}`,
      kind: Incident.SERIOUS_HARM,
      knownOn: day,
      boardToldOn: day,
      person,
    }),
    canonicalEvent(VictimContactRecordedSchema, told('victim-contact', 'case'), {
      contactReference: `VC-${serial}`,
      victimReference: `V-${serial}`,
      kind: Contact.OFFERED,
      contactedOn: day,
      toBeToldOfRelease: true,
      person,
    }),
    canonicalEvent(VictimSafetyActionRecordedSchema, told('victim-safety', 'case'), {
      actionReference: `VS-${serial}`,
      kind: Safety.NO_CONTACT,
      reviewedOn: day,
      endedOn: day,
      person,
    }),
  ];
}
