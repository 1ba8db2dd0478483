import { ExploitationKind, IndicatorStrength } from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import {
  ChildReturned_ReturnedTo as ReturnedTo,
  ChildReturnedSchema,
  MissingReportCancelledSchema,
  PreventionInterviewRecorded_Outcome as Outcome,
  PreventionInterviewRecordedSchema,
} from '../../contracts/gen/hub/police/v1/missing_pb.js';
import {
  ComplexInvestigationClosedSchema,
  ComplexInvestigationOpenedSchema,
  ExploitationIndicatorRecordedSchema,
  NrmDecisionRecorded_Decision as Decision,
  NrmDecisionRecorded_Stage as Stage,
  NrmDecisionRecordedSchema,
  NrmReferralMadeSchema,
  PublicProtectionNoticeIssuedSchema,
} from '../../contracts/gen/hub/police/v1/safeguarding_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** What follows a missing report, and what the police tell others to protect a child: one of each. */
export function everyPoliceSafeguardingEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  const reportReference = `MR-${serial}`;
  const referralReference = `NRM-${serial}`;
  const investigationReference = `CI-${serial}`;
  return [
    canonicalEvent(ChildReturnedSchema, told('returned', 'nominal'), {
      reportReference,
      returnedTo: ReturnedTo.CARE_SETTING,
      person,
    }),
    canonicalEvent(PreventionInterviewRecordedSchema, told('prevention-interview', 'nominal'), {
      reportReference,
      outcome: Outcome.DECLINED,
      reason: 'Would not say where they had been',
      person,
    }),
    canonicalEvent(MissingReportCancelledSchema, told('missing-cancelled', 'nominal'), {
      reportReference: `MR-${serial}-2`,
      reason: 'Was at school all day',
      person,
    }),
    canonicalEvent(PublicProtectionNoticeIssuedSchema, told('protection-notice', 'nominal'), {
      noticeReference: `PPN-${serial}`,
      concern: 'Carried a knife for older boys; says they owe them money',
      custodyNumber: `99TC/${serial}/26`,
      force: '99',
      person,
    }),
    canonicalEvent(ExploitationIndicatorRecordedSchema, told('indicator', 'nominal'), {
      indicatorReference: `EI-${serial}`,
      kind: ExploitationKind.COUNTY_LINES,
      strength: IndicatorStrength.STRONG,
      detail: 'Found in another force’s area with two phones and train tickets',
      observedOn: day,
      person,
    }),
    canonicalEvent(NrmReferralMadeSchema, told('nrm-referral', 'nominal'), {
      referralReference,
      firstResponder: 'police',
      person,
    }),
    canonicalEvent(NrmDecisionRecordedSchema, told('nrm-decision', 'nominal'), {
      referralReference,
      stage: Stage.REASONABLE_GROUNDS,
      decision: Decision.POSITIVE,
      decidedOn: day,
      person,
    }),
    canonicalEvent(ComplexInvestigationOpenedSchema, told('investigation-opened', 'nominal'), {
      investigationReference,
      kind: ExploitationKind.SEXUAL,
      person,
    }),
    canonicalEvent(ComplexInvestigationClosedSchema, told('investigation-closed', 'nominal'), {
      investigationReference,
      outcome: 'No further action against the suspects',
      person,
    }),
  ];
}
