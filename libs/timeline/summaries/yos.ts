import { entryAt, plain, told, word, type Reading } from '../reading.js';
import { yosAssessmentReadings } from './yos-assessment.js';
import { yosOrderReadings } from './yos-orders.js';

const judgementWords: Readonly<Record<string, string>> = {
  JUDGEMENT_REOFFENDING: 'Reoffending',
  JUDGEMENT_HARM_TO_OTHERS: 'Harm to others',
  JUDGEMENT_SAFETY_AND_WELLBEING: 'Safety and wellbeing',
};

export const levelWords: Readonly<Record<string, string>> = {
  LEVEL_LOW: 'Low',
  LEVEL_MEDIUM: 'Medium',
  LEVEL_HIGH: 'High',
  LEVEL_VERY_HIGH: 'Very high',
};

export const flagWords: Readonly<Record<string, string>> = {
  KIND_SELF_HARM: 'Self-harm or suicide',
  KIND_MEDICAL: 'Medical condition',
  KIND_MEDICATION: 'Medication',
  KIND_ALLERGY: 'Allergy',
};

export const yosReadings: Readonly<Record<string, Reading>> = {
  ...yosOrderReadings,
  ...yosAssessmentReadings,
  'hub.yos.v1.CaseAllocated': {
    title: ({ workerName }) => told('Case manager allocated', word(workerName)),
    labels: { workerName: 'Case manager', team: 'Team', worker: 'Sign-in name' },
  },
  'hub.yos.v1.CoverArranged': {
    title: ({ workerName }) => told('Cover arranged', word(workerName)),
    labels: {
      workerName: 'Covering',
      team: 'Team',
      coversFrom: 'From',
      coversUntil: 'Until',
      worker: 'Sign-in name',
    },
    always: { coversUntil: 'Until further notice' },
  },
  'hub.yos.v1.CaseClosed': {
    labels: { reason: 'Reason' },
  },
  'hub.yos.v1.AppointmentRecorded': {
    title: ({ attended }) => (attended === true ? 'Appointment: attended' : 'Appointment: not attended'),
    labels: { purpose: 'Purpose', attended: 'Attended', appointmentReference: 'Appointment reference' },
    codes: ['purpose'],
    always: { attended: false },
  },
  'hub.yos.v1.AppointmentPlanned': {
    title: ({ purpose, cancelled }) =>
      told(cancelled === true ? 'Appointment called off' : 'Appointment planned', plain(word(purpose))),
    labels: {
      plannedFor: 'Planned for',
      purpose: 'Purpose',
      place: 'Place',
      cancelled: 'Called off',
      appointmentReference: 'Appointment reference',
    },
    codes: ['purpose', 'place'],
  },
  'hub.yos.v1.RiskJudged': {
    title: ({ judgement, level }) => {
      const which = entryAt(judgementWords, word(judgement));
      const words = entryAt(levelWords, word(level));
      return which && words ? `Risk judged: ${which.toLowerCase()}, ${words.toLowerCase()}` : undefined;
    },
    labels: {
      judgement: 'Judgement',
      level: 'Level',
      judgedOn: 'Judged on',
      judgedBy: 'Judged by',
      countersignedOn: 'Countersigned on',
      countersignedBy: 'Countersigned by',
    },
    words: { judgement: judgementWords, level: levelWords },
    always: { countersignedOn: 'Not countersigned when this was stated' },
  },
  'hub.yos.v1.VitalFlagRecorded': {
    title: ({ kind, endedOn }) =>
      told(word(endedOn) ? 'Flag ended' : 'Flag', entryAt(flagWords, word(kind))?.toLowerCase()),
    labels: { kind: 'About', detail: 'What to know', endedOn: 'Last day', flagReference: 'Flag reference' },
    words: { kind: flagWords },
  },
  'hub.yos.v1.CommunicationNeedsRecorded': {
    labels: { needs: 'Need' },
  },
  'hub.yos.v1.ReturnInterviewUseRecorded': {
    labels: {
      howUsed: 'How it was used',
      planReviewedOn: 'Plan reviewed on',
      usedBy: 'Used by',
      interviewReference: 'Interview reference',
    },
    always: { planReviewedOn: 'Not reviewed when this was stated' },
  },
  'hub.yos.v1.StrategyContributionRecorded': {
    labels: { manner: 'How', contributedBy: 'Contributed by', discussionReference: 'Discussion reference' },
    codes: ['manner'],
  },
  'hub.yos.v1.ExploitationIndicatorRecorded': {
    labels: {
      kind: 'Kind',
      strength: 'Strength',
      detail: 'What was seen or heard',
      observedOn: 'Observed on',
      indicatorReference: 'Indicator reference',
    },
  },
};
