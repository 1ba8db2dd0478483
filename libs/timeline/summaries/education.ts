import { entryAt, told, word, type Reading } from '../reading.js';
import { exploitationIndicatorReading } from './exploitation.js';

const exclusionWords: Readonly<Record<string, string>> = {
  STAGE_DECIDED: 'Decided by the head teacher',
  STAGE_UPHELD: 'Upheld',
  STAGE_REINSTATED: 'Reinstated',
};

const planWords: Readonly<Record<string, string>> = {
  STAGE_REQUESTED: 'Assessment asked for',
  STAGE_ASSESSMENT_AGREED: 'Assessment agreed',
  STAGE_ASSESSMENT_REFUSED: 'Assessment refused',
  STAGE_PLAN_REFUSED: 'No plan issued',
  STAGE_DRAFT_ISSUED: 'Draft issued',
  STAGE_FINAL_ISSUED: 'Final plan issued',
  STAGE_REVIEWED: 'Reviewed',
  STAGE_AMENDED: 'Amended',
  STAGE_CEASED: 'Ceased',
};

const destinationWords: Readonly<Record<string, string>> = {
  DESTINATION_SCHOOL: 'At school',
  DESTINATION_FURTHER_EDUCATION: 'In further education',
  DESTINATION_TRAINING: 'In training',
  DESTINATION_APPRENTICESHIP: 'In an apprenticeship',
  DESTINATION_EMPLOYMENT_WITH_TRAINING: 'Employed, with training',
  DESTINATION_EMPLOYMENT_WITHOUT_TRAINING: 'Employed, without training',
  DESTINATION_NEET: 'Not in education, employment or training',
  DESTINATION_NEET_NOT_AVAILABLE: 'Not in education, employment or training, and not able to be for now',
  DESTINATION_CUSTODY: 'In custody',
  DESTINATION_NOT_KNOWN: 'Not known',
};

const figureWords: Readonly<Record<string, string>> = {
  FIGURE_ATTENDANCE_PERCENTAGE: 'Attendance (%)',
  FIGURE_UNAUTHORISED_ABSENCE_PERCENTAGE: 'Absence without authority (%)',
  FIGURE_SUSPENSIONS: 'Suspensions',
  FIGURE_EXCLUSIONS: 'Permanent exclusions',
  FIGURE_SCHOOL_MOVES: 'Moves of school',
};

const seen = { observedAt: 'Seen in the record' };
const setting = { setting: 'School or setting' };
const lower = (words: Readonly<Record<string, string>>, value: string) => entryAt(words, value)?.toLowerCase();

export const educationReadings: Readonly<Record<string, Reading>> = {
  'hub.education.v1.SuspensionRecorded': {
    title: ({ reason }) => told('Suspended from school', word(reason)),
    labels: {
      reason: 'Reason',
      startedOn: 'First day',
      endedOn: 'Last day',
      sessions: 'Half days',
      ...setting,
      suspensionReference: 'Suspension reference',
    },
    silent: ['reasonCode'],
  },
  'hub.education.v1.ExclusionRecorded': {
    title: ({ stage }) => told('Permanent exclusion', lower(exclusionWords, word(stage))),
    labels: {
      stage: 'Where it stands',
      reason: 'Reason',
      excludedOn: 'Decided on',
      ...setting,
      exclusionReference: 'Exclusion reference',
    },
    words: { stage: exclusionWords },
    silent: ['reasonCode'],
  },
  'hub.education.v1.AttendanceRecorded': {
    labels: {
      periodFrom: 'From',
      periodTo: 'To',
      sessionsAttended: 'Half days attended',
      sessionsPossible: 'Of',
      authorisedAbsences: 'Missed with authority',
      unauthorisedAbsences: 'Missed without authority',
      ...setting,
    },
    // What is nought is left out by protobuf, and none attended is news.
    always: { sessionsAttended: 0 },
  },
  'hub.education.v1.AlternativeProvisionArranged': {
    title: ({ provider }) => told('Alternative provision', word(provider)),
    labels: {
      provider: 'Provided by',
      kind: 'Kind',
      hoursPerWeek: 'Hours a week',
      startedOn: 'First day',
      endedOn: 'Last day',
      followsReference: 'Follows',
    },
    codes: ['kind'],
  },
  'hub.education.v1.EhcPlanStageRecorded': {
    title: ({ stage }) => told('EHC plan', lower(planWords, word(stage))),
    labels: {
      stage: 'Stage',
      reachedOn: 'Reached on',
      authority: 'Kept by',
      namedSetting: 'Setting it names',
      planReference: 'Plan reference',
    },
    words: { stage: planWords },
  },
  'hub.education.v1.EhcPlanContentRecorded': {
    labels: {
      primaryNeed: 'Primary need',
      needs: 'Need',
      provision: 'Provision',
      issuedOn: 'Version of',
      planReference: 'Plan reference',
    },
  },
  'hub.education.v1.EhcPlanSent': {
    title: ({ sentTo }) => told('EHC plan sent', word(sentTo)),
    labels: { sentTo: 'Sent to', sentOn: 'Sent on', planReference: 'Plan reference' },
  },
  'hub.education.v1.SchoolRecordSent': {
    title: ({ sentTo }) => told('School record sent', word(sentTo)),
    labels: { sentTo: 'Sent to', sentOn: 'Sent on', documents: 'Document' },
    codes: ['documents'],
  },
  'hub.education.v1.EteHoursRecorded': {
    labels: {
      weekCommencing: 'Week beginning',
      hoursAttended: 'Hours attended',
      hoursOffered: 'Hours offered',
      schoolAge: 'Of school age',
      kind: 'Kind',
      provider: 'School, college or employer',
    },
    codes: ['kind'],
    always: { hoursAttended: 0, hoursOffered: 0 },
  },
  'hub.education.v1.DestinationRecorded': {
    title: ({ destination }) => entryAt(destinationWords, word(destination)),
    labels: {
      destination: 'What they do',
      provider: 'School, college or employer',
      startedOn: 'First day',
      endedOn: 'Last day',
    },
    words: { destination: destinationWords },
  },
  'hub.education.v1.EducationSettingChanged': {
    title: ({ setting: named }) => told('Education record: at', word(named)),
    labels: { ...setting, ...seen },
  },
  'hub.education.v1.EducationStatusChanged': {
    title: ({ status, ended }) =>
      told(ended === true ? 'Education record: no longer active' : 'Education record: active', word(status)),
    labels: { status: 'Status', plan: 'Plan', ended: 'No longer listed as active', ...seen },
  },
  'hub.education.v1.YearFigureChanged': {
    title: ({ figure, year }) =>
      typeof year === 'number'
        ? told(`School year ${year}/${String(year + 1).slice(-2)}`, lower(figureWords, word(figure)))
        : undefined,
    labels: { figure: 'What', value: 'Value', year: 'Year began in', ...seen },
    words: { figure: figureWords },
    always: { value: 0 },
  },
  'hub.education.v1.ExploitationIndicatorRecorded': exploitationIndicatorReading,
};
