import { sameCode, text, time, type Action } from './entry.js';
import { sharedActions } from './shared-actions.js';

/** The head of a missing record: the report itself, as it is graded now. */
export const missingReport: Action = {
  type: 'hub.police.v1.MissingReported',
  fields: {
    risk: ['risk', sameCode('RISK_GRADE_', ['NO_APPARENT_RISK', 'LOW', 'MEDIUM', 'HIGH', 'ABSENT'])],
    reportedBy: ['reportedBy', text],
    lastSeen: ['lastSeen', text],
    lastSeenAt: ['lastSeenAt', time],
    homeAuthority: ['homeAuthority', text],
  },
};

/** Entries of a missing record. */
export const missingActions: Readonly<Record<string, Action>> = {
  FOUND: { type: 'hub.police.v1.MissingFound', fields: { place: ['foundAt', text] } },
  RETURNED: {
    type: 'hub.police.v1.ChildReturned',
    fields: {
      to: ['returnedTo', sameCode('RETURNED_TO_', ['HOME', 'CARE_SETTING', 'POLICE_CUSTODY', 'HOSPITAL', 'OTHER'])],
    },
  },
  PREVENTION_INTERVIEW: {
    type: 'hub.police.v1.PreventionInterviewRecorded',
    fields: {
      outcome: ['outcome', sameCode('OUTCOME_', ['COMPLETED', 'DECLINED', 'NOT_HELD'])],
      reason: ['reason', text],
    },
  },
  CANCELLED: { type: 'hub.police.v1.MissingReportCancelled', fields: { reason: ['reason', text] } },
  ...sharedActions,
};

/** Entries of a missing record that say how the force searched, or what the head says already. */
export const missingRoutine: readonly string[] = ['ENQUIRY', 'REGRADED', 'SEARCH', 'SUPERVISOR_REVIEW'];
