import { entryAt, told, word, type Reading } from '../reading.js';

const custody = { custodyNumber: 'Custody number' };

const reviewWords: Readonly<Record<string, string>> = {
  OUTCOME_CONTINUED: 'Detention continues',
  OUTCOME_ENDED: 'To be released',
  OUTCOME_POSTPONED: 'Postponed',
};

const endWords: Readonly<Record<string, string>> = {
  OUTCOME_CHARGED_RELEASED: 'Charged and released',
  OUTCOME_KEPT_FOR_COURT: 'Kept for court',
  OUTCOME_TRANSFERRED_TO_LOCAL_AUTHORITY: 'Moved to local authority accommodation',
  OUTCOME_UNDER_INVESTIGATION: 'Released under investigation',
  OUTCOME_BAILED: 'Released on bail',
  OUTCOME_OUT_OF_COURT_DISPOSAL: 'Dealt with out of court',
  OUTCOME_NO_FURTHER_ACTION: 'No further action',
  OUTCOME_OTHER: 'Otherwise',
};

const answerWords: Readonly<Record<string, string>> = {
  ANSWER_PROVIDED: 'Provided',
  ANSWER_NONE_AVAILABLE: 'None available',
  ANSWER_NO_SECURE_AVAILABLE: 'No secure accommodation available',
  ANSWER_NO_ANSWER: 'No answer before court',
};

const groundWords: Readonly<Record<string, string>> = {
  GROUND_IMPRACTICABLE: 'Impracticable to move the child',
  GROUND_NO_SECURE_ACCOMMODATION: 'No secure accommodation, and other accommodation would not protect the public',
};

const adultFrom = ['requestedFrom', 'providedBy'];

/** A child in a police cell: what was decided, who came, and what was asked of the local authority. */
export function custodyReadings(force: Readonly<Record<string, string>>): Readonly<Record<string, Reading>> {
  return {
    'hub.police.v1.DetentionAuthorised': {
      labels: {
        station: 'Custody suite',
        relevantTime: 'Relevant time',
        grounds: 'Grounds',
        force: 'Police force',
        ...custody,
      },
      words: { force },
    },
    'hub.police.v1.DetentionReviewed': {
      title: ({ outcome }) => told('Detention reviewed', entryAt(reviewWords, word(outcome))?.toLowerCase()),
      labels: { outcome: 'Outcome', nextReviewDue: 'Next review due', reviewNumber: 'Review', ...custody },
      words: { outcome: reviewWords },
    },
    'hub.police.v1.DetentionEnded': {
      title: ({ outcome }) => told('Detention ended', entryAt(endWords, word(outcome))?.toLowerCase()),
      labels: { outcome: 'Outcome', ...custody },
      words: { outcome: endWords },
    },
    'hub.police.v1.AppropriateAdultRequested': {
      labels: { requestedFrom: 'Asked of', neededFor: 'Needed for', requestReference: 'Request reference', ...custody },
      codes: adultFrom,
    },
    'hub.police.v1.AppropriateAdultAttended': {
      labels: { providedBy: 'Supplied by', requestReference: 'Request reference', ...custody },
      codes: adultFrom,
    },
    'hub.police.v1.BailRefused': {
      labels: { reason: 'Reason', courtDate: 'Before the court on', ...custody },
    },
    'hub.police.v1.LocalAuthorityAccommodationRequested': {
      title: ({ secure }) =>
        secure === true ? 'Secure local authority accommodation requested' : 'Local authority accommodation requested',
      labels: {
        authority: 'Local authority',
        secure: 'Secure accommodation',
        requestReference: 'Request reference',
        ...custody,
      },
      always: { secure: false },
    },
    'hub.police.v1.LocalAuthorityAccommodationAnswered': {
      title: ({ answer }) => told('Local authority accommodation', entryAt(answerWords, word(answer))?.toLowerCase()),
      labels: { answer: 'Answer', authority: 'Local authority', requestReference: 'Request reference', ...custody },
      words: { answer: answerWords },
    },
    'hub.police.v1.DetentionCertificateIssued': {
      labels: { ground: 'Ground', reason: 'Reason', courtDate: 'For the hearing on', ...custody },
      words: { ground: groundWords },
    },
  };
}
