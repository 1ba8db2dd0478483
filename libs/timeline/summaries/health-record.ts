import { entryAt, told, word, type Reading } from '../reading.js';

const parts: Readonly<Record<string, string>> = {
  PART_PRACTITIONER: 'General practitioner',
  PART_PRACTICE: 'General practice',
};

// Not when it changed: that was some time before.
const seen = { observedAt: 'Seen in the record' };

/** What a health record says. The time of an entry is when the record was seen to say so, or the day it gives itself. */
export const healthRecordReadings: Readonly<Record<string, Reading>> = {
  'hub.health.v1.GeneralPracticeChanged': {
    title: ({ part, name }) => told(entryAt(parts, word(part)) ?? 'General practice', word(name)),
    labels: { part: 'What the record names', name: 'Name', ...seen },
    words: { part: parts },
  },
  'hub.health.v1.CamhsTeamListed': {
    title: ({ team }) => told('Mental health team involved', word(team)),
    labels: { team: 'Team' },
  },
  'hub.health.v1.HealthStatusChanged': {
    title: ({ status, ended }) =>
      told(ended === true ? 'Health record: no longer active' : 'Health record: active', word(status)),
    labels: { status: 'Status', plan: 'Plan', ended: 'No longer listed as active', ...seen },
  },
  'hub.health.v1.MissedAppointmentListed': {
    title: ({ setting }) => told('Health appointment missed', word(setting)),
    labels: { missedOn: 'Day', setting: 'Where', reason: 'Reason' },
  },
  'hub.health.v1.EmergencyAttendanceListed': {
    labels: { attendedOn: 'Day', reason: 'Reason' },
  },
};
