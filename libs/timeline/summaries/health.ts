import { entryAt, told, word, type Reading } from '../reading.js';
import { exploitationIndicatorReading } from './exploitation.js';
import { healthRecordReadings } from './health-record.js';

const services: Readonly<Record<string, string>> = {
  HEALTH_SERVICE_CAMHS: 'CAMHS',
  HEALTH_SERVICE_LIAISON_AND_DIVERSION: 'Liaison and diversion',
  HEALTH_SERVICE_CHAT: 'Comprehensive health assessment (CHAT)',
  HEALTH_SERVICE_SUBSTANCE_MISUSE: 'Substance misuse service',
  HEALTH_SERVICE_SPEECH_AND_LANGUAGE: 'Speech and language therapy',
  HEALTH_SERVICE_OTHER: 'Another health service',
};

const milestones: Readonly<Record<string, string>> = {
  MILESTONE_REFERRED: 'referred',
  MILESTONE_STARTED: 'started',
  MILESTONE_ENDED: 'ended',
  MILESTONE_NOT_TAKEN_ON: 'referral not taken on',
};

const scales: Readonly<Record<string, string>> = {
  SCALE_SDQ: 'Strengths and difficulties (SDQ)',
  SCALE_HONOSCA: 'HoNOSCA',
};

const exits: Readonly<Record<string, string>> = {
  EXIT_PLANNED: 'as planned',
  EXIT_UNPLANNED: 'unplanned',
  EXIT_TRANSFERRED: 'handed over',
};

const needs: Readonly<Record<string, string>> = {
  KIND_SELF_HARM: 'Self-harm',
  KIND_MEDICATION: 'Medication',
  KIND_ALLERGY: 'Allergy',
  KIND_EMERGENCY_CONDITION: 'Condition that may need help at once',
};

const changes: Readonly<Record<string, string>> = {
  WHAT_GENERAL_PRACTICE: 'General practice',
  WHAT_DEMOGRAPHICS: 'Personal details',
  WHAT_ADDRESS: 'Address',
};

const provider = { provider: 'Provider' };
const notification = { notificationReference: 'Notification' };

export const healthReadings: Readonly<Record<string, Reading>> = {
  'hub.health.v1.ExploitationIndicatorRecorded': exploitationIndicatorReading,
  'hub.health.v1.InvolvementRecorded': {
    title: ({ service, milestone }) => {
      const words = entryAt(services, word(service));
      return words && told(words, entryAt(milestones, word(milestone)));
    },
    labels: {
      service: 'Service',
      milestone: 'What happened',
      on: 'Day',
      ...provider,
      involvementReference: 'Reference',
      referralReference: 'Referral reference',
    },
    words: { service: services, milestone: milestones },
  },
  'hub.health.v1.SubstanceMisuseReferred': { labels: { ...provider, referralReference: 'Referral reference' } },
  'hub.health.v1.SubstanceMisuseAssessed': { labels: { ...provider, referralReference: 'Referral reference' } },
  'hub.health.v1.SubstanceMisuseTreatmentStarted': {
    labels: { ...provider, referralReference: 'Referral reference', treatmentReference: 'Treatment reference' },
  },
  'hub.health.v1.SubstanceMisuseTreatmentEnded': {
    title: ({ exit }) => told('Substance misuse treatment ended', entryAt(exits, word(exit))),
    labels: { exit: 'How it ended', ...provider, treatmentReference: 'Treatment reference' },
    words: { exit: exits },
  },
  'hub.health.v1.ScreeningCompleted': {
    title: ({ service }) => told('Health screening completed', entryAt(services, word(service))),
    labels: { service: 'Service', part: 'Part', ...provider, screeningReference: 'Screening reference' },
    words: { service: services },
  },
  'hub.health.v1.ScoreRecorded': {
    title: ({ scale, total }) => {
      const words = entryAt(scales, word(scale));
      return words && told(words, typeof total === 'number' ? String(total) : '0');
    },
    labels: {
      scale: 'Scale',
      total: 'Total',
      rater: 'Rated by',
      parts: 'Parts',
      ...provider,
      scoreReference: 'Reference',
    },
    words: { scale: scales, rater: { RATER_SELF: 'The child' } },
    always: { total: 0 },
  },
  'hub.health.v1.HealthNeedRecorded': {
    title: ({ kind, ended }) => {
      const words = entryAt(needs, word(kind));
      return words && ended === true ? `No longer: ${words.toLowerCase()}` : words;
    },
    labels: { kind: 'Kind', detail: 'What to know', ended: 'No longer holds', needReference: 'Reference' },
    words: { kind: needs },
  },
  'hub.health.v1.PatientRecordChanged': {
    title: ({ what }) => told('Patient record changed', entryAt(changes, word(what))?.toLowerCase()),
    labels: {
      what: 'What changed',
      practice: 'Practice',
      formerPractice: 'Practice until then',
      formerRegistrationEndedOn: 'Registered there until',
      recordVersion: 'Version of the record',
      ...notification,
    },
    words: { what: changes },
  },
  'hub.health.v1.NhsNumberChanged': {
    labels: { status: 'What became of the number', ...notification },
    words: { status: { STATUS_INVALIDATED: 'Invalidated', STATUS_REPLACED: 'Replaced by another' } },
  },
  'hub.health.v1.PatientFlagChanged': { labels: { flagCode: 'Flag', ...notification } },
  'hub.health.v1.DeathNotified': {
    title: ({ status }) => (word(status) === 'STATUS_REMOVED' ? 'Death notified by mistake: not dead' : undefined),
    labels: { status: 'What the register holds', diedOn: 'Day of death', ...notification },
    words: {
      status: { STATUS_INFORMAL: 'Not registered yet', STATUS_FORMAL: 'Registered', STATUS_REMOVED: 'Taken back' },
    },
  },
  ...healthRecordReadings,
};
