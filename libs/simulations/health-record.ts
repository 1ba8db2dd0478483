import type { Telling } from './telling.js';

/** What a health custodian's record says of a child, in our words: written out as a custodian serves it. Days `YYYY-MM-DD`. */
export interface SimulatedHealthRecord {
  readonly gpName?: string;
  readonly gpPractice?: string;
  readonly camhsTeams?: readonly string[];
  /** Absent: the record says nothing of statuses; empty: none is active. */
  readonly statuses?: readonly { readonly status: string; readonly plan?: string }[];
  readonly missed?: readonly { readonly date: string; readonly setting?: string; readonly reason?: string }[];
  readonly attendances?: readonly { readonly date: string; readonly reason?: string }[];
}

/** Null where it says nothing, as custodians write it. */
export function healthRecord(record: SimulatedHealthRecord) {
  const { gpName, gpPractice, camhsTeams, statuses, missed, attendances } = record;
  return {
    registeredGPName: gpName ?? null,
    RegisteredGPSurgery: gpPractice ?? null,
    gpAddress: gpPractice === undefined ? null : { line1: gpPractice, line2: null, townOrCity: 'Fernhill', county: null, postcode: null }, // prettier-ignore
    gpTelephone: null,
    camhsContactDetails: null,
    camhsTeamInvolvement: camhsTeams ?? null,
    healthActiveStatusesAndPlans: statuses?.map(({ status, plan }) => ({ status, plan: plan ?? null })) ?? null,
    missedAppointments: missed?.map(({ date, setting, reason }) => ({ date, setting: setting ?? null, reason: reason ?? null })) ?? null, // prettier-ignore
    emergencyDepartmentAttendances: attendances?.map(({ date, reason }) => ({ date, reason: reason ?? null })) ?? null,
  };
}

/** The record as its publisher sends it: whose it is and when it was seen stand in the headers. Times RFC 3339. */
export function healthRecordSeen(
  messageId: string,
  subject: string,
  observedAt: string,
  record: SimulatedHealthRecord,
): Telling & { readonly door: 'native' } {
  return {
    system: 'health',
    door: 'native',
    format: 'HealthDataRecordV1',
    headers: {
      'content-type': 'application/json',
      // Two snapshots may say the same: without an id of its own the second would be the same message about another time.
      'hub-message-id': messageId,
      'hub-subject': subject,
      'hub-observed-at': observedAt,
    },
    body: JSON.stringify(healthRecord(record)),
  };
}
