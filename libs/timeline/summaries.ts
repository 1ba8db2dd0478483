// One table, a row for each type of the contract: it is longer than a screen because the contract is.
import { policeRecordReadings } from './police-record-summaries.js';
import { entryAt, told, word, type Reading } from './reading.js';

const force = { '20': 'West Midlands', '30': 'Derbyshire', '33': 'Leicestershire' };

const riskWords: Readonly<Record<string, string>> = {
  RISK_GRADE_NO_APPARENT_RISK: 'No apparent risk',
  RISK_GRADE_LOW: 'Low risk',
  RISK_GRADE_MEDIUM: 'Medium risk',
  RISK_GRADE_HIGH: 'High risk',
  RISK_GRADE_ABSENT: 'Absent (historic grade)',
};

const absenceWords: Readonly<Record<string, string>> = {
  KIND_MISSING: 'Missing from care',
  KIND_AWAY_WITHOUT_AUTHORISATION: 'Away from placement without authorisation',
};

const interviewWords: Readonly<Record<string, string>> = {
  OUTCOME_OFFERED: 'Offered',
  OUTCOME_DECLINED: 'Declined',
  OUTCOME_COMPLETED: 'Completed',
};

export const statusWords: Readonly<Record<string, string>> = {
  STATUS_LOOKED_AFTER: 'Looked after',
  STATUS_CHILD_PROTECTION_PLAN: 'On a child protection plan',
  STATUS_CHILD_IN_NEED: 'Child in need',
  STATUS_CARE_LEAVER: 'Care leaver',
};

const placements: Readonly<Record<string, string>> = {
  'foster-carer': 'Foster carer',
  'childrens-home': 'Children’s home',
  parents: 'With parents',
};

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

export const readings: Readonly<Record<string, Reading>> = {
  'hub.police.v1.MissingReported': {
    title: ({ risk }) => told('Reported missing', entryAt(riskWords, word(risk))?.toLowerCase()),
    labels: {
      risk: 'Risk grade',
      lastSeen: 'Last seen at',
      lastSeenAt: 'Last seen',
      reportedBy: 'Reported by',
      force: 'Police force',
      reportReference: 'Report reference',
    },
    words: { risk: riskWords, force },
    codes: ['lastSeen', 'reportedBy'],
  },
  'hub.police.v1.MissingFound': {
    labels: { foundAt: 'Found at', reportReference: 'Report reference' },
    codes: ['foundAt'],
  },
  'hub.police.v1.Arrested': {
    title: ({ offenceTitle }) => told('Arrested', word(offenceTitle)),
    labels: {
      offenceTitle: 'Offence',
      offenceCode: 'Offence code',
      force: 'Police force',
      custodyNumber: 'Custody number',
    },
    words: { force },
  },
  'hub.police.v1.Charged': {
    title: ({ offenceTitle }) => told('Charged', word(offenceTitle)),
    labels: {
      offenceTitle: 'Offence',
      offenceCode: 'Offence code',
      arrestSummonsNumber: 'Arrest summons number',
    },
  },
  ...policeRecordReadings,
  'hub.court.v1.ResultRecorded': {
    title: ({ resultTitle }) => told('Court result', word(resultTitle)),
    labels: {
      resultTitle: 'Result',
      terms: 'Terms',
      offenceTitle: 'Offence',
      offenceDate: 'Offence date',
      plea: 'Plea',
      court: 'Court',
      jurisdiction: 'Jurisdiction',
      hearingType: 'Hearing',
      hearingDay: 'Hearing day',
      orderedOn: 'Ordered on',
      resultCategory: 'Kind of result',
      caseUrn: 'Case reference',
      resultCode: 'Result code',
      offenceCode: 'Offence code',
      courtCode: 'Court code',
    },
    silent: ['hearingId', 'defendantId', 'offenceId', 'resultId'],
    codes: ['plea', 'jurisdiction', 'resultCategory'],
    words: {
      jurisdiction: { MAGISTRATES: 'Magistrates’ court', CROWN: 'Crown Court' },
      resultCategory: { INTERMEDIARY: 'Intermediate', ANCILLARY: 'Ancillary', FINAL: 'Final' },
    },
  },
  'hub.court.v1.HearingListed': {
    title: ({ hearingType, vacated }) =>
      told(vacated === true ? 'Hearing vacated' : 'Hearing listed', word(hearingType)),
    labels: { listedFor: 'Listed for', court: 'Court', hearingType: 'Hearing', vacated: 'Vacated' },
    silent: ['hearingId'],
  },
  'hub.social_care.v1.MissingEpisodeRecorded': {
    title: ({ kind }) => entryAt(absenceWords, word(kind)),
    labels: { kind: 'Kind of absence', startedOn: 'First day', endedOn: 'Last day' },
    // The authority's own id of the child: an identifier, not news.
    silent: ['childId'],
    words: { kind: absenceWords },
    always: { endedOn: 'Not ended when this was stated' },
  },
  'hub.social_care.v1.ReturnInterviewRecorded': {
    title: ({ outcome }) => told('Return home interview', entryAt(interviewWords, word(outcome))?.toLowerCase()),
    labels: { outcome: 'Outcome', summary: 'What the child said', interviewReference: 'Interview reference' },
    words: { outcome: interviewWords },
  },
  'hub.social_care.v1.StatusRecorded': {
    title: ({ status, endedOn }) => {
      const words = entryAt(statusWords, word(status));
      return words && word(endedOn) ? `Ended: ${words.toLowerCase()}` : words;
    },
    labels: {
      status: 'Status',
      legalBasis: 'Legal basis',
      responsibleAuthority: 'Responsible authority',
      startedOn: 'First day',
      endedOn: 'Last day',
    },
    words: { status: statusWords },
  },
  'hub.social_care.v1.PlacementRecorded': {
    title: ({ kind, area }) => {
      const place = told('Placement', placeWords(word(kind)).toLowerCase());
      return place && word(area) ? `${place}, ${word(area)}` : place;
    },
    labels: { kind: 'Kind of place', area: 'Area', startedOn: 'First day', endedOn: 'Last day' },
    words: { kind: placements },
    codes: ['kind'],
  },
  'hub.social_care.v1.SocialWorkerAllocated': {
    title: ({ workerName }) => told('Social worker allocated', word(workerName)),
    labels: { workerName: 'Social worker', team: 'Team' },
  },
  'hub.probation.v1.OfficerAllocated': {
    labels: { officerId: 'Officer', team: 'Team' },
  },
  'hub.probation.v1.PractitionerAllocated': {
    labels: {},
    // An id of probation's own: which practitioner it is, the event does not say.
    silent: ['allocationId'],
  },
  'hub.secure_estate.v1.ReceivedIntoCustody': {
    title: ({ recall }) => (recall === true ? 'Recalled to custody' : undefined),
    labels: { establishment: 'Establishment', reasonCode: 'Reason code' },
    // The title says it.
    silent: ['recall'],
  },
  'hub.secure_estate.v1.MovedBetweenEstablishments': {
    labels: { establishment: 'Moved to', reasonCode: 'Reason code' },
  },
  'hub.secure_estate.v1.ReleasedFromCustody': {
    title: ({ toHospital }) => (toHospital === true ? 'Released from custody to hospital' : undefined),
    labels: { establishment: 'Establishment', reasonCode: 'Reason code' },
    silent: ['toHospital'],
  },
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
};

/** A kind of placement as a practitioner says it; one that is not listed, as its source writes it. */
export function placeWords(kind: string): string {
  return entryAt(placements, kind) ?? plain(kind);
}

// police-custody → police custody
function plain(code: string): string {
  return code.replaceAll(/[_-]+/g, ' ');
}
