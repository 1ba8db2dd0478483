import { entryAt, told, word, type Reading } from './reading.js';

const harmWords: Readonly<Record<string, string>> = {
  RISK_SEXUAL_EXPLOITATION: 'Sexual exploitation',
  RISK_CRIMINAL_EXPLOITATION: 'Criminal exploitation',
  RISK_MODERN_SLAVERY_AND_TRAFFICKING: 'Modern slavery and trafficking',
  RISK_GANGS_AND_YOUTH_VIOLENCE: 'Gangs and youth violence',
};

// Not when it changed: that was some time before.
const seen = { observedAt: 'Seen in the record' };

/** What a police record says. The time of an entry is when the record was seen to say so, or the day it gives itself. */
export const policeRecordReadings: Readonly<Record<string, Reading>> = {
  'hub.police.v1.PoliceMarkerChanged': {
    labels: { details: 'Marker', ...seen },
  },
  'hub.police.v1.RiskFlagChanged': {
    title: ({ risk, atRisk }) => {
      const harm = entryAt(harmWords, word(risk))?.toLowerCase();
      return told(atRisk === true ? 'Police risk flag' : 'Police record: not flagged', harm);
    },
    labels: { risk: 'Risk of', atRisk: 'At risk', ...seen },
    words: { risk: harmWords },
    always: { atRisk: false },
  },
  'hub.police.v1.RadicalisationRiskChanged': {
    title: ({ atRisk }) =>
      atRisk === true ? 'Police risk flag: radicalisation' : 'Police record: not flagged: radicalisation',
    labels: { atRisk: 'At risk', ...seen },
    always: { atRisk: false },
  },
  'hub.police.v1.KnownServiceListed': {
    title: ({ service }) => told('Known to a service', word(service)),
    labels: { service: 'Service, as the police name it' },
  },
  'hub.police.v1.PoliceProtectionUsed': {
    labels: { usedOn: 'Day' },
  },
  'hub.police.v1.MissingEpisodeListed': {
    labels: { beganOn: 'First day' },
  },
  'hub.police.v1.ReturnInterviewNoted': {
    title: ({ attended }) =>
      attended === true
        ? 'Police record: return home interview attended'
        : 'Police record: return home interview not attended',
    labels: { episodeBeganOn: 'Missing episode of', attended: 'Attended', ...seen },
    always: { attended: false },
  },
  'hub.police.v1.ActiveStatusChanged': {
    title: ({ status, ended }) =>
      told(ended === true ? 'Police record: no longer active' : 'Police record: active', word(status)),
    labels: { status: 'Status', plan: 'Plan', ended: 'No longer listed as active', ...seen },
  },
};
