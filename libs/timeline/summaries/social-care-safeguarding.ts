import { entryAt, plain, told, word, type Reading } from '../reading.js';
import {
  complexInvestigationReading,
  exploitationIndicatorReading,
  exploitationKindWords,
  exploitationLevelWords,
  nrmDecisionReading,
  nrmReferralReading,
} from './exploitation.js';

const riskWords: Readonly<Record<string, string>> = {
  RISK_GRADE_NO_APPARENT_RISK: 'No apparent risk',
  RISK_GRADE_LOW: 'Low risk',
  RISK_GRADE_MEDIUM: 'Medium risk',
  RISK_GRADE_HIGH: 'High risk',
  RISK_GRADE_ABSENT: 'Absent (historic grade)',
};

export const absenceWords: Readonly<Record<string, string>> = {
  KIND_MISSING: 'Missing from care',
  KIND_AWAY_WITHOUT_AUTHORISATION: 'Away from placement without authorisation',
};

const returnedWords: Readonly<Record<string, string>> = {
  RETURNED_TO_HOME: 'Home',
  RETURNED_TO_CARE_SETTING: 'A care setting',
  RETURNED_TO_POLICE_CUSTODY: 'Police custody',
  RETURNED_TO_HOSPITAL: 'Hospital',
  RETURNED_TO_OTHER: 'Somewhere else',
};

const referralWords: Readonly<Record<string, string>> = {
  DECISION_NO_FURTHER_ACTION: 'No further action',
  DECISION_ASSESSMENT: 'Assessment',
  DECISION_STRATEGY_DISCUSSION: 'Strategy discussion',
  DECISION_EARLY_HELP: 'Early help',
};

const reasonWords: Readonly<Record<string, string>> = {
  REASON_MISSING: 'Missing',
  REASON_EXPLOITATION: 'Exploitation',
  REASON_SIGNIFICANT_HARM: 'Suspected significant harm',
  REASON_OTHER: 'Something else',
};

const discussionWords: Readonly<Record<string, string>> = {
  OUTCOME_NO_FURTHER_ACTION: 'No further action',
  OUTCOME_SECTION_47: 'Enquiries under section 47',
  OUTCOME_CONFERENCE: 'Child protection conference',
};

const conferenceWords: Readonly<Record<string, string>> = {
  OUTCOME_CHILD_PROTECTION_PLAN: 'Child protection plan',
  OUTCOME_CHILD_IN_NEED_PLAN: 'Plan for a child in need',
  OUTCOME_NO_PLAN: 'No plan',
  OUTCOME_ADJOURNED: 'Adjourned',
};

const lower = (words: Readonly<Record<string, string>>, value: string) => entryAt(words, value)?.toLowerCase();

/** Missing, referral, strategy discussion, conference and exploitation, as children's social care tells them. */
export const safeguardingReadings: Readonly<Record<string, Reading>> = {
  'hub.social_care.v1.MissingReported': {
    title: ({ kind, risk }) => {
      const what = word(kind) === 'KIND_AWAY_WITHOUT_AUTHORISATION' ? absenceWords[word(kind)] : undefined;
      return told(what ?? 'Reported missing', lower(riskWords, word(risk))) ?? what;
    },
    labels: {
      kind: 'Kind of absence',
      risk: 'Risk grade',
      lastSeen: 'Last seen at',
      lastSeenAt: 'Last seen',
      reportedBy: 'Reported by',
      placementArea: 'Placed in',
      responsibleAuthority: 'Responsible authority',
      reportReference: 'Report reference',
      policeReference: 'Police reference',
    },
    words: { kind: absenceWords, risk: riskWords },
    codes: ['lastSeen', 'reportedBy'],
  },
  'hub.social_care.v1.ChildReturned': {
    title: ({ returnedTo }) => told('Returned', lower(returnedWords, word(returnedTo))),
    labels: { returnedTo: 'Returned to', reportReference: 'Report reference' },
    words: { returnedTo: returnedWords },
  },
  'hub.social_care.v1.PlacementNoticeSent': {
    title: ({ authority }) => told('Notice of placement out of area', word(authority)),
    labels: { authority: 'Authority told', alsoTold: 'Also told', placementStartedOn: 'Placement began' },
  },
  'hub.social_care.v1.ReferralReceived': {
    title: ({ sourceAgency }) => told('Referral to children’s social care', plain(word(sourceAgency))),
    labels: { sourceAgency: 'Referred by', concern: 'Concern', referralReference: 'Referral reference' },
    codes: ['sourceAgency'],
  },
  'hub.social_care.v1.ReferralDecided': {
    title: ({ decision }) => told('Referral decided', lower(referralWords, word(decision))),
    labels: { decision: 'Decision', reason: 'Reason', referralReference: 'Referral reference' },
    words: { decision: referralWords },
  },
  'hub.social_care.v1.StrategyDiscussionConvened': {
    title: ({ reason }) => told('Strategy discussion convened', lower(reasonWords, word(reason))),
    labels: {
      convenedFor: 'Convened for',
      reason: 'Reason',
      invited: 'Invited',
      discussionReference: 'Discussion reference',
    },
    words: { reason: reasonWords },
    codes: ['invited'],
  },
  'hub.social_care.v1.StrategyDiscussionHeld': {
    title: ({ outcome }) => told('Strategy discussion held', lower(discussionWords, word(outcome))),
    labels: {
      outcome: 'Outcome',
      section47Started: 'Enquiries under section 47 started',
      attended: 'Took part',
      discussionReference: 'Discussion reference',
    },
    words: { outcome: discussionWords },
    codes: ['attended'],
    // A missing `true` means no.
    always: { section47Started: false },
  },
  'hub.social_care.v1.ConferenceDecided': {
    labels: { strategyDiscussionOn: 'Strategy discussion on', conferenceReference: 'Conference reference' },
  },
  'hub.social_care.v1.ConferenceHeld': {
    title: ({ outcome }) => told('Child protection conference', lower(conferenceWords, word(outcome))),
    labels: { outcome: 'Outcome', conferenceReference: 'Conference reference' },
    words: { outcome: conferenceWords },
  },
  'hub.social_care.v1.ExploitationIndicatorRecorded': exploitationIndicatorReading,
  'hub.social_care.v1.ExploitationAssessed': {
    title: ({ level }) => told('Exploitation assessed', lower(exploitationLevelWords, word(level))),
    labels: { level: 'Level', kind: 'Kind', assessedOn: 'Assessed on', assessmentReference: 'Assessment reference' },
    words: { level: exploitationLevelWords, kind: exploitationKindWords },
  },
  'hub.social_care.v1.NrmReferralMade': nrmReferralReading,
  'hub.social_care.v1.NrmDecisionRecorded': nrmDecisionReading,
  'hub.social_care.v1.ComplexInvestigationOpened': complexInvestigationReading,
  'hub.social_care.v1.ComplexInvestigationClosed': complexInvestigationReading,
};
