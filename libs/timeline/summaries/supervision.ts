import { plain, told, word, type Reading } from '../reading.js';

export const supervisionReadings: Readonly<Record<string, Reading>> = {
  'hub.probation.v1.RecallConsidered': {
    labels: {},
  },
  'hub.probation.v1.RecallDecided': {
    title: ({ decision }) => (decision === 'DECISION_RECALL' ? 'Recall decided' : 'Recall decided against'),
    labels: {},
    silent: ['decision'],
  },
  'hub.probation.v1.BreachNoticeIssued': {
    labels: {},
    silent: ['noticeId'],
  },
  'hub.probation.v1.LicenceRecorded': {
    title: ({ ended, kind }) =>
      told(ended === true ? 'Licence no longer holds' : 'Licence begins', plain(word(kind)).replace(/^licence$/, '')),
    labels: { licenceId: 'Licence' },
    silent: ['kind', 'ended'],
  },
  'hub.probation.v1.PreSentenceReportStarted': {
    labels: {},
    silent: ['reportId'],
  },
  'hub.probation.v1.PreSentenceReportCompleted': {
    labels: {},
    silent: ['reportId'],
  },
  'hub.probation.v1.RegistrationRecorded': {
    title: ({ register }) => told('Probation register', word(register)),
    labels: { register: 'Register', level: 'Level', category: 'Category', registerCode: 'Register code' },
    silent: ['registrationId'],
  },
  'hub.probation.v1.RegistrationEnded': {
    title: ({ register }) => told('Off probation register', word(register)),
    labels: { register: 'Register', registerCode: 'Register code' },
    silent: ['deregistrationId'],
  },
  'hub.probation.v1.PrisonerNumberFound': {
    labels: { prisonerNumber: 'Prisoner number' },
  },
  'hub.probation.v1.CaseReferencesMerged': {
    labels: { removedReference: 'No longer used', keptReference: 'Used from now on' },
  },
};
