import type { Simulated } from './people.js';

/** A custody or a missing record, as a force writes it out for others. */
export interface SimulatedForceRecord {
  readonly nominal: string;
  readonly person: Simulated;
  /** The force's own flag. */
  readonly juvenile?: boolean;
  /** RFC 3339: when it was written out. */
  readonly recordedAt: string;
  /** It lists all entries there are. */
  readonly complete?: boolean;
  readonly entries: readonly SimulatedEntry[];
}

export interface SimulatedEntry {
  /** The force's word for what was done, e.g. `REVIEW`. */
  readonly action: string;
  /** RFC 3339. */
  readonly at: string;
  readonly [field: string]: string | number | boolean | readonly string[];
}

export interface SimulatedReport {
  readonly reference: string;
  /** RFC 3339. */
  readonly reportedAt: string;
  readonly risk?: string;
  readonly reportedBy?: string;
  readonly lastSeen?: string;
  /** RFC 3339. */
  readonly lastSeenAt?: string;
  readonly homeAuthority?: string;
}

const force = '99';

export function custodyRecord(custodyNumber: string, record: SimulatedForceRecord) {
  return { recordType: 'custody', custodyNumber, station: 'Fernhill', ...written(record) };
}

export function missingRecord(report: SimulatedReport, record: SimulatedForceRecord) {
  return { recordType: 'missing', ...report, ...written(record) };
}

function written({ nominal, person, juvenile, recordedAt, complete, entries }: SimulatedForceRecord) {
  return {
    force,
    recordedAt,
    ...(complete === undefined ? {} : { complete }),
    nominal: {
      id: nominal,
      forenames: person.givenNames,
      surname: person.familyName,
      dateOfBirth: person.birthDate,
      ...(person.pncId === undefined ? {} : { pncId: person.pncId }),
      ...(juvenile === undefined ? {} : { juvenile }),
    },
    entries,
  };
}
