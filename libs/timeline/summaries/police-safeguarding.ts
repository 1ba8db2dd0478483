import { entryAt, told, word, type Reading } from '../reading.js';
import {
  complexInvestigationReading,
  exploitationIndicatorReading,
  nrmDecisionReading,
  nrmReferralReading,
} from './exploitation.js';

export const returnedToWords: Readonly<Record<string, string>> = {
  RETURNED_TO_HOME: 'Home',
  RETURNED_TO_CARE_SETTING: 'Care setting',
  RETURNED_TO_POLICE_CUSTODY: 'Police custody',
  RETURNED_TO_HOSPITAL: 'Hospital',
  RETURNED_TO_OTHER: 'Elsewhere',
};

const interviewWords: Readonly<Record<string, string>> = {
  OUTCOME_COMPLETED: 'Held',
  OUTCOME_DECLINED: 'Declined by the child',
  OUTCOME_NOT_HELD: 'Not held',
};

/** What follows a missing report, and what the police tell others to protect a child. */
export const policeSafeguardingReadings: Readonly<Record<string, Reading>> = {
  'hub.police.v1.ChildReturned': {
    title: ({ returnedTo }) => told('Returned', entryAt(returnedToWords, word(returnedTo))?.toLowerCase()),
    labels: { returnedTo: 'Returned to', reportReference: 'Report reference' },
    words: { returnedTo: returnedToWords },
  },
  'hub.police.v1.PreventionInterviewRecorded': {
    title: ({ outcome }) => told('Police prevention interview', entryAt(interviewWords, word(outcome))?.toLowerCase()),
    labels: { outcome: 'Outcome', reason: 'Reason', reportReference: 'Report reference' },
    words: { outcome: interviewWords },
  },
  'hub.police.v1.MissingReportCancelled': {
    labels: { reason: 'Reason', reportReference: 'Report reference' },
  },
  'hub.police.v1.PublicProtectionNoticeIssued': {
    labels: {
      concern: 'Concern',
      force: 'Police force',
      custodyNumber: 'After the arrest under custody number',
      reportReference: 'After the missing report',
      noticeReference: 'Notice reference',
    },
  },
  'hub.police.v1.ExploitationIndicatorRecorded': exploitationIndicatorReading,
  'hub.police.v1.NrmReferralMade': nrmReferralReading,
  'hub.police.v1.NrmDecisionRecorded': nrmDecisionReading,
  'hub.police.v1.ComplexInvestigationOpened': complexInvestigationReading,
  'hub.police.v1.ComplexInvestigationClosed': complexInvestigationReading,
};
