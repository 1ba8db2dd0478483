import type { Telling } from './telling.js';

/** What a force's record says of a child, in our words: written out as a custodian serves it, without a person or a time. */
export interface SimulatedCrimeRecord {
  readonly marker?: string;
  readonly services?: readonly string[];
  /** `YYYY-MM-DD`, or `None`. */
  readonly protection?: string;
  /** By the day it began. */
  readonly episodes?: readonly { readonly date: string; readonly interviewed?: boolean }[];
  /** Harms by name: what is not named, the record leaves open. */
  readonly risks?: Readonly<Partial<Record<Harm, boolean>>>;
  /** Absent: the record says nothing of statuses; empty: none is active. */
  readonly statuses?: readonly { readonly status: string; readonly plan?: string }[];
}

export type Harm = 'sexual' | 'criminal' | 'radicalisation' | 'slavery' | 'gangs';

/** Null where it says nothing, as custodians write it. */
export function crimeRecord({ marker, services, protection, episodes, risks = {}, statuses }: SimulatedCrimeRecord) {
  return {
    policeMarkerDetails: marker ?? null,
    servicesKnownTo: services ?? null,
    lastPoliceProtectionPowerEvent: protection ?? null,
    missingEpisodes:
      episodes?.map(({ date, interviewed }) => ({ date, returnedHomeInterviewAttended: interviewed ?? null })) ?? null,
    riskSexualExploitation: risks.sexual ?? null,
    riskCriminalExploitation: risks.criminal ?? null,
    riskRadicalisation: risks.radicalisation ?? null,
    riskModernSlaveryAndTrafficking: risks.slavery ?? null,
    riskGangsAndYouthViolence: risks.gangs ?? null,
    crimeActiveStatusesAndPlans: statuses?.map(({ status, plan }) => ({ status, plan: plan ?? null })) ?? null,
  };
}

/** The record as its publisher sends it: whose it is and when it was seen stand in the headers. Times RFC 3339. */
export function crimeRecordSeen(
  messageId: string,
  subject: string,
  observedAt: string,
  record: SimulatedCrimeRecord,
): Telling & { readonly door: 'native' } {
  return {
    system: 'police',
    door: 'native',
    format: 'CrimeDataRecordV1',
    headers: {
      'content-type': 'application/json',
      // Two snapshots may say the same: without an id of its own the second would be the same message about another time.
      'hub-message-id': messageId,
      'hub-subject': subject,
      'hub-observed-at': observedAt,
    },
    body: JSON.stringify(crimeRecord(record)),
  };
}
