import { entryAt, plain, told, word, type Reading } from '../reading.js';
import { orderWords } from './yos-orders.js';

const reportWords: Readonly<Record<string, string>> = {
  REPORT_KIND_PRE_SENTENCE: 'Pre-sentence report',
  REPORT_KIND_STAND_DOWN: 'Stand-down report',
  REPORT_KIND_REFERRAL_PANEL: 'Referral order panel report',
  REPORT_KIND_BREACH: 'Breach report',
  REPORT_KIND_BAIL: 'Bail and remand report',
  REPORT_KIND_OUT_OF_COURT: 'Out-of-court panel report',
  REPORT_KIND_PROGRESS: 'Progress report',
};

const decisionWords: Readonly<Record<string, string>> = {
  DECISION_NO_FURTHER_ACTION: 'No further action',
  DECISION_COMMUNITY_RESOLUTION: 'Community resolution',
  DECISION_OUTCOME_22: 'Outcome 22: alleged, not admitted',
  DECISION_YOUTH_CAUTION: 'Youth caution',
  DECISION_YOUTH_CONDITIONAL_CAUTION: 'Youth conditional caution',
  DECISION_CHARGE: 'Charge',
  DECISION_DEFERRED: 'Put off',
};

const victimWords: Readonly<Record<string, string>> = {
  KIND_OFFERED: 'Contact offered',
  KIND_DECLINED: 'Contact not wanted',
  KIND_INFORMED: 'Told how the case goes on',
  KIND_TOLD_OF_RELEASE: 'Told of a release or move',
  KIND_RESTORATIVE: 'Restorative work',
  KIND_CLOSED: 'Contact ended',
};

const incidentWords: Readonly<Record<string, string>> = {
  KIND_DEATH: 'The child died',
  KIND_GRAVE_OFFENCE: 'Charged with a grave offence',
  KIND_SERIOUS_HARM: 'Attempted suicide or grave injury',
  KIND_VICTIM_OF_GRAVE_OFFENCE: 'Victim of a grave offence',
};

const lower = (words: string | undefined): string | undefined =>
  words === undefined ? undefined : words.charAt(0).toLowerCase() + words.slice(1);
const sectionOf = (section: string): string => plain(section.replace(/^SECTION_/, '')).toLowerCase();
const assessmentReference = 'Assessment reference';

export const yosAssessmentReadings: Readonly<Record<string, Reading>> = {
  'hub.yos.v1.AssessmentStageCompleted': {
    title: ({ section }) => told('Assessment', sectionOf(word(section))),
    labels: {
      section: 'Section',
      stage: 'Made at',
      completedOn: 'Completed on',
      completedBy: 'Completed by',
      hasChildsView: 'The child’s own view',
      hasParentsView: 'The parent’s or carer’s view',
      copyGiven: 'Copy given to the child',
      assessmentReference,
    },
    // A gap is what a manager looks for before countersigning.
    always: { hasChildsView: false, hasParentsView: false, copyGiven: false },
  },
  'hub.yos.v1.AssessmentSignedOff': {
    labels: { level: 'Level', signedOffOn: 'Signed off on', signedOffBy: 'Signed off by', assessmentReference },
  },
  'hub.yos.v1.AssessmentCountersigned': {
    title: ({ sentBack }) => (sentBack === true ? 'Assessment sent back by a manager' : undefined),
    labels: {
      level: 'Level',
      countersignedOn: 'On',
      countersignedBy: 'By',
      comment: 'What was found wanting',
      assessmentReference,
    },
    // The title says it.
    silent: ['sentBack'],
  },
  'hub.yos.v1.RiskRegisterSignedOff': {
    labels: { week: 'Week of', level: 'Highest level', decision: 'Decided', signedOffBy: 'Signed off by' },
  },
  'hub.yos.v1.InterventionStarted': {
    title: ({ what }) => told('Intervention started', plain(word(what))),
    labels: {
      what: 'Intervention',
      provider: 'Provider',
      startedOn: 'Started on',
      voluntary: 'Voluntary',
      interventionReference: 'Intervention reference',
    },
    codes: ['what'],
    always: { voluntary: false },
  },
  'hub.yos.v1.InterventionEnded': {
    labels: { outcome: 'How it ended', endedOn: 'Last day', interventionReference: 'Intervention reference' },
  },
  'hub.yos.v1.ReportRequested': {
    title: ({ kind }) => told('Report requested', entryAt(reportWords, word(kind))?.toLowerCase()),
    labels: {
      kind: 'Report',
      requestedOn: 'Requested on',
      dueOn: 'Due on',
      courtCode: 'Court code',
      reportReference: 'Report reference',
    },
    words: { kind: reportWords },
  },
  'hub.yos.v1.ReportDelivered': {
    title: ({ kind }) => told('Report delivered', entryAt(reportWords, word(kind))?.toLowerCase()),
    labels: {
      kind: 'Report',
      deliveredOn: 'Delivered on',
      proposes: 'Proposes',
      gatekeptBy: 'Read before by',
      victimContentChecked: 'Victim content checked',
      reportReference: 'Report reference',
    },
    words: { kind: reportWords, proposes: orderWords },
    always: { victimContentChecked: false, gatekeptBy: 'Nobody, as far as was stated' },
  },
  'hub.yos.v1.OutOfCourtPanelDecided': {
    title: ({ decision }) => told('Out-of-court panel', lower(entryAt(decisionWords, word(decision)))),
    labels: {
      decision: 'Decided',
      panelOn: 'Panel on',
      conditions: 'Condition',
      attended: 'Was there',
      panelReference: 'Panel reference',
    },
    words: { decision: decisionWords },
    codes: ['attended'],
  },
  'hub.yos.v1.SeriousIncidentReported': {
    title: ({ kind }) => told('Serious incident', lower(entryAt(incidentWords, word(kind)))),
    labels: {
      kind: 'What happened',
      knownOn: 'Known on',
      boardToldOn: 'Youth Justice Board told on',
      incidentReference: 'Incident reference',
    },
    words: { kind: incidentWords },
    always: { boardToldOn: 'Not told when this was stated' },
  },
  'hub.yos.v1.VictimContactRecorded': {
    labels: { kind: 'What was done', contactedOn: 'On', toBeToldOfRelease: 'Wants to be told of a release' },
    words: { kind: victimWords },
    // References lead to the victim: they are the victim officer's, and say nothing to a reader of the child's record.
    silent: ['victimReference', 'contactReference'],
  },
  'hub.yos.v1.VictimSafetyActionRecorded': {
    title: ({ endedOn }) => (word(endedOn) ? 'Victim safety: no longer holds' : undefined),
    labels: { kind: 'What', reviewedOn: 'Last looked at', endedOn: 'Last day' },
    silent: ['actionReference'],
    always: { reviewedOn: 'Never, as far as was stated' },
  },
};
