import { entryAt, told, word, type Reading } from '../reading.js';

const basisWords: Readonly<Record<string, string>> = {
  BASIS_MID_TERM: 'Half term',
  BASIS_EARLY: 'Early release',
  BASIS_LATE: 'Late release',
  BASIS_AUTOMATIC: 'Automatic release',
  BASIS_PAROLE: 'Parole decision',
  BASIS_END: 'End of the sentence or remand',
};

const incidentWords: Readonly<Record<string, string>> = {
  KIND_ASSAULT_BY_CHILD: 'Assault by the child',
  KIND_ASSAULT_ON_CHILD: 'Assault on the child',
  KIND_USE_OF_FORCE: 'Force used on the child',
  KIND_SEPARATION: 'Kept apart from others',
  KIND_ABSCONDED: 'Got away, or did not come back',
  KIND_FIND: 'Something forbidden found',
};

const decisionWords: Readonly<Record<string, string>> = {
  DECISION_GRANTED: 'granted',
  DECISION_REFUSED: 'refused',
  DECISION_CANCELLED: 'cancelled',
};

// Code of the prison service's alerts; the others are shown as written.
const alertWords: Readonly<Record<string, string>> = {
  HA: 'ACCT open',
  HA1: 'ACCT post-closure',
  HC: 'Self-harm in custody',
  HS: 'Self-harm in the community',
  SH: 'Self-harm',
};

// The event does not always say that it is on licence; an escort to court or hospital is a temporary absence as well.
const absence = (onLicence: unknown): string =>
  onLicence === true ? 'Release on temporary licence' : 'Temporary absence';

const ended = (what: string) => (content: { readonly ended?: unknown }) =>
  content.ended === true ? `${what}: no longer holds` : undefined;

export const custodyReadings: Readonly<Record<string, Reading>> = {
  'hub.secure_estate.v1.PlacementAgreed': {
    title: ({ establishment }) => told('Custody placement agreed', word(establishment)),
    labels: {
      establishment: 'Establishment',
      establishmentKind: 'Kind of establishment',
      from: 'From',
      placementReference: 'Placement reference',
    },
  },
  'hub.secure_estate.v1.IncidentRecorded': {
    title: ({ kind }) => told('Incident in custody', entryAt(incidentWords, word(kind))?.toLowerCase()),
    labels: {
      kind: 'What',
      childHurt: 'The child was hurt',
      establishment: 'Establishment',
      incidentReference: 'Incident reference',
    },
    words: { kind: incidentWords },
    always: { childHurt: false },
  },
  'hub.secure_estate.v1.SelfHarmRecorded': {
    labels: {
      precautions: 'To keep the child safe',
      establishment: 'Establishment',
      incidentReference: 'Incident reference',
    },
    always: { precautions: 'Not stated' },
  },
  'hub.secure_estate.v1.PrisonAlertRecorded': {
    title: ended('Prison alert'),
    labels: { alertCode: 'Alert code' },
    silent: ['alertId', 'ended'],
  },
  'hub.secure_estate.v1.SelfHarmAlertRecorded': {
    title: ended('Prison alert: self-harm'),
    labels: { alertCode: 'Alert' },
    words: { alertCode: alertWords },
    silent: ['alertId', 'ended'],
  },
  'hub.secure_estate.v1.TemporaryReleaseConsidered': {
    title: ({ onLicence }) => `${absence(onLicence)} considered`,
    labels: { purpose: 'What for', panelOn: 'Panel on', releaseReference: 'Release reference' },
    silent: ['onLicence'],
  },
  'hub.secure_estate.v1.TemporaryReleaseDecided': {
    title: ({ onLicence, decision }) => told(absence(onLicence), entryAt(decisionWords, word(decision))),
    labels: {
      decision: 'Decision',
      leavesAt: 'Leaves',
      returnsAt: 'Has to be back',
      releaseReference: 'Release reference',
    },
    silent: ['onLicence'],
  },
  'hub.secure_estate.v1.ReleasePlanned': {
    title: ({ cancelled }) => (cancelled === true ? 'No release planned any more' : undefined),
    labels: {
      plannedFor: 'Planned for',
      basis: 'Which day of the sentence',
      addressConfirmed: 'Address confirmed',
      establishment: 'Establishment',
      releaseReference: 'Release reference',
    },
    words: { basis: basisWords },
    silent: ['cancelled'],
    always: { addressConfirmed: false },
  },
  'hub.secure_estate.v1.RecallRecorded': {
    labels: {},
    silent: ['recallId'],
  },
  'hub.secure_estate.v1.PrisonerNumbersMerged': {
    labels: { removedNumber: 'No longer used', keptNumber: 'Used from now on' },
  },
};
