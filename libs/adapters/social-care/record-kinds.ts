import {
  ComplexInvestigationClosedSchema,
  ComplexInvestigationOpenedSchema,
  ExploitationAssessedSchema,
  ExploitationIndicatorRecordedSchema,
  NrmDecisionRecordedSchema,
  NrmReferralMadeSchema,
} from '../../contracts/gen/hub/social_care/v1/exploitation_pb.js';
import { ChildReturnedSchema, MissingReportedSchema } from '../../contracts/gen/hub/social_care/v1/missing_pb.js';
import {
  ConferenceDecidedSchema,
  ConferenceHeldSchema,
  PlacementNoticeSentSchema,
  ReferralDecidedSchema,
  ReferralReceivedSchema,
  StrategyDiscussionConvenedSchema,
  StrategyDiscussionHeldSchema,
} from '../../contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import {
  PlacementRecordedSchema,
  ReturnInterviewRecordedSchema,
  SocialWorkerAllocatedSchema,
  StatusRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { RecordKinds } from '../agency-records/records.js';

/** The kinds of record that children's social care sends, and the event each is. */
export const socialCareKinds: RecordKinds = {
  'missing-report': { is: MissingReportedSchema },
  returned: { is: ChildReturnedSchema },
  'return-interview': { is: ReturnInterviewRecordedSchema },
  referral: { is: ReferralReceivedSchema },
  'referral-decision': { is: ReferralDecidedSchema },
  'strategy-discussion-convened': { is: StrategyDiscussionConvenedSchema },
  'strategy-discussion': { is: StrategyDiscussionHeldSchema },
  'conference-decision': { is: ConferenceDecidedSchema },
  conference: { is: ConferenceHeldSchema },
  'exploitation-indicator': { is: ExploitationIndicatorRecordedSchema },
  'exploitation-assessment': { is: ExploitationAssessedSchema },
  'nrm-referral': { is: NrmReferralMadeSchema },
  'nrm-decision': { is: NrmDecisionRecordedSchema },
  'complex-investigation-opened': { is: ComplexInvestigationOpenedSchema },
  'complex-investigation-closed': { is: ComplexInvestigationClosedSchema },
  status: { is: StatusRecordedSchema },
  placement: { is: PlacementRecordedSchema },
  'placement-notice': { is: PlacementNoticeSentSchema },
  'social-worker': { is: SocialWorkerAllocatedSchema },
};
