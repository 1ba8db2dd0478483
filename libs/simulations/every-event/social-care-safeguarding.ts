import {
  ExploitationKind,
  ExploitationLevel,
  IndicatorStrength,
} from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import {
  ComplexInvestigationClosedSchema,
  ComplexInvestigationOpenedSchema,
  ExploitationAssessedSchema,
  ExploitationIndicatorRecordedSchema,
  NrmDecisionRecorded_Decision as NrmDecision,
  NrmDecisionRecorded_Stage as NrmStage,
  NrmDecisionRecordedSchema,
  NrmReferralMadeSchema,
} from '../../contracts/gen/hub/social_care/v1/exploitation_pb.js';
import {
  ChildReturned_ReturnedTo as ReturnedTo,
  ChildReturnedSchema,
  MissingReported_RiskGrade as RiskGrade,
  MissingReportedSchema,
} from '../../contracts/gen/hub/social_care/v1/missing_pb.js';
import {
  ConferenceDecidedSchema,
  ConferenceHeld_Outcome as ConferenceOutcome,
  ConferenceHeldSchema,
  PlacementNoticeSentSchema,
  ReferralDecided_Decision as ReferralDecision,
  ReferralDecidedSchema,
  ReferralReceivedSchema,
  StrategyDiscussionConvened_Reason as ConvenedFor,
  StrategyDiscussionConvenedSchema,
  StrategyDiscussionHeld_Outcome as DiscussionOutcome,
  StrategyDiscussionHeldSchema,
} from '../../contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import { MissingEpisodeRecorded_Kind as Kind } from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event of the missing and exploitation loop that children's social care publishes. */
export function everySafeguardingEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(MissingReportedSchema, told('care-missing', 'child'), {
      reportReference: `SC-MR-${serial}`,
      kind: Kind.MISSING,
      risk: RiskGrade.HIGH,
      reportedBy: 'placement',
      lastSeen: 'placement',
      lastSeenAt: time,
      placementArea: 'Fernhill',
      policeReference: `MR-${serial}`,
      responsibleAuthority: 'Fernhill',
      person,
    }),
    canonicalEvent(ChildReturnedSchema, told('care-returned', 'child'), {
      reportReference: `SC-MR-${serial}`,
      returnedTo: ReturnedTo.CARE_SETTING,
      person,
    }),
    canonicalEvent(PlacementNoticeSentSchema, told('placement-notice', 'child'), {
      placementStartedOn: day,
      authority: 'Derby',
      alsoTold: ['health', 'school'],
      person,
    }),
    canonicalEvent(ReferralReceivedSchema, told('referral', 'child'), {
      referralReference: `MASH-${serial}`,
      sourceAgency: 'police',
      concern: 'Found with an adult who is not known to the family.',
      person,
    }),
    canonicalEvent(ReferralDecidedSchema, told('referral-decided', 'child'), {
      referralReference: `MASH-${serial}`,
      decision: ReferralDecision.STRATEGY_DISCUSSION,
      person,
    }),
    canonicalEvent(StrategyDiscussionConvenedSchema, told('discussion-convened', 'child'), {
      discussionReference: `SD-${serial}`,
      convenedFor: time,
      reason: ConvenedFor.EXPLOITATION,
      invited: ['police', 'health', 'yos'],
      person,
    }),
    canonicalEvent(StrategyDiscussionHeldSchema, told('discussion-held', 'child'), {
      discussionReference: `SD-${serial}`,
      attended: ['police', 'health', 'social-care', 'yos'],
      outcome: DiscussionOutcome.SECTION_47,
      section47Started: true,
      person,
    }),
    canonicalEvent(ConferenceDecidedSchema, told('conference-decided', 'child'), {
      conferenceReference: `ICPC-${serial}`,
      strategyDiscussionOn: day,
      person,
    }),
    canonicalEvent(ConferenceHeldSchema, told('conference-held', 'child'), {
      conferenceReference: `ICPC-${serial}`,
      outcome: ConferenceOutcome.CHILD_PROTECTION_PLAN,
      person,
    }),
    ...everyExploitationEvent(person, time, serial),
  ];
}

function everyExploitationEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  return [
    canonicalEvent(ExploitationIndicatorRecordedSchema, told('care-indicator', 'child'), {
      indicatorReference: `IND-${serial}`,
      kind: ExploitationKind.CRIMINAL,
      strength: IndicatorStrength.STRONG,
      detail: 'Came back from two days away with money and a train ticket.',
      observedOn: day,
      person,
    }),
    canonicalEvent(ExploitationAssessedSchema, told('exploitation-assessed', 'child'), {
      assessmentReference: `EXA-${serial}`,
      level: ExploitationLevel.SIGNIFICANT,
      kind: ExploitationKind.CRIMINAL,
      assessedOn: day,
      person,
    }),
    canonicalEvent(NrmReferralMadeSchema, told('care-nrm-referral', 'child'), {
      referralReference: `NRM-${serial}`,
      firstResponder: 'Fernhill Council',
      person,
    }),
    canonicalEvent(NrmDecisionRecordedSchema, told('care-nrm-decision', 'child'), {
      referralReference: `NRM-${serial}`,
      stage: NrmStage.REASONABLE_GROUNDS,
      decision: NrmDecision.POSITIVE,
      decidedOn: day,
      person,
    }),
    canonicalEvent(ComplexInvestigationOpenedSchema, told('care-complex-opened', 'child'), {
      investigationReference: `CI-${serial}`,
      person,
    }),
    canonicalEvent(ComplexInvestigationClosedSchema, told('care-complex-closed', 'child'), {
      investigationReference: `CI-${serial}`,
      person,
    }),
  ];
}
