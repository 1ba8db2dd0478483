// The words in which a case system says stages, judgements, outcomes and reports, and the contract's for them.
import {
  AssessmentStageCompleted_Section as Section,
  AssessmentStageCompleted_Stage as Stage,
  InterventionEnded_Outcome as Outcome,
  ReportKind,
} from '../../contracts/gen/hub/yos/v1/assessment_pb.js';
import { RiskJudged_Judgement as Judgement, RiskJudged_Level as Level } from '../../contracts/gen/hub/yos/v1/yos_pb.js';

export const levels: Readonly<Record<string, Level>> = {
  low: Level.LOW,
  medium: Level.MEDIUM,
  high: Level.HIGH,
  'very-high': Level.VERY_HIGH,
};

// As AssetPlus names them, and as practitioners do: likelihood of reoffending, risk of serious harm, safety and wellbeing.
export const judgements: Readonly<Record<string, Judgement>> = {
  lor: Judgement.REOFFENDING,
  reoffending: Judgement.REOFFENDING,
  rosh: Judgement.HARM_TO_OTHERS,
  'harm-to-others': Judgement.HARM_TO_OTHERS,
  swb: Judgement.SAFETY_AND_WELLBEING,
  'safety-and-wellbeing': Judgement.SAFETY_AND_WELLBEING,
};

export const sections: Readonly<Record<string, Section>> = {
  'core-record': Section.CORE_RECORD,
  'information-gathering': Section.INFORMATION_GATHERING,
  'explanations-and-conclusions': Section.EXPLANATIONS_AND_CONCLUSIONS,
  'pathways-and-planning': Section.PATHWAYS_AND_PLANNING,
};

export const stages: Readonly<Record<string, Stage>> = {
  'bail-and-remand': Stage.BAIL_AND_REMAND,
  'pre-sentence-report': Stage.PRE_SENTENCE_REPORT,
  'referral-order-report': Stage.REFERRAL_ORDER_REPORT,
  'out-of-court': Stage.OUT_OF_COURT,
  start: Stage.START,
  'entering-custody': Stage.ENTERING_CUSTODY,
  'leaving-custody': Stage.LEAVING_CUSTODY,
  review: Stage.REVIEW,
  transfer: Stage.TRANSFER,
  closure: Stage.CLOSURE,
};

export const outcomes: Readonly<Record<string, Outcome>> = {
  completed: Outcome.COMPLETED,
  disengaged: Outcome.DISENGAGED,
  'ended-early': Outcome.ENDED_EARLY,
};

export const reports: Readonly<Record<string, ReportKind>> = {
  psr: ReportKind.PRE_SENTENCE,
  'pre-sentence-report': ReportKind.PRE_SENTENCE,
  'stand-down': ReportKind.STAND_DOWN,
  'referral-panel': ReportKind.REFERRAL_PANEL,
  breach: ReportKind.BREACH,
  bail: ReportKind.BAIL,
  'out-of-court': ReportKind.OUT_OF_COURT,
  progress: ReportKind.PROGRESS,
};
