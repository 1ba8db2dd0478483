import type { Agency } from '../../../libs/kernel/agency.js';

/** What must come of one published file, sent in one way. */
export interface Expected {
  readonly agency: Agency;
  /** How it is sent, where there is more than one way. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly facts?: readonly ExpectedFact[];
  /** Facts too many to list: how many, on how many records, checked one by one against the file by `variants`. */
  readonly counted?: { readonly type: string; readonly facts: number; readonly records: number };
  /** What follows from a snapshot, the first of its record: told beside it. */
  readonly changes?: number;
  /** Earlier files, by name, that were held, and are recorded once this one makes their person known: how many facts. */
  readonly releases?: number;
  /** A later version of its fact is known already, from an earlier file. */
  readonly historic?: true;
  /** What gives no fact: outcome, reason code, pointer. */
  readonly outcomes?: readonly (readonly [string, string, string?])[];
  readonly covers?: number;
}

export interface ExpectedFact {
  readonly type: string;
  readonly record: string;
  /** Business key after type and record. */
  readonly key: readonly string[];
  readonly occurred: string;
  /** Reason code of a fact that is recorded only for a child the hub knows; null: of a child whoever it is. */
  readonly onlyIfKnown: string | null;
  /** Kinds of identifier that the record claims. */
  readonly identifiers: readonly string[];
}

/**
 * A snapshot without a person or a time of its own: nowhere to put it, unless the publisher says whose it is and when it
 * was seen. `changes`: what follows from it, the first of its record.
 */
export function snapshotOf(agency: Agency, type: string, subject: string, changes: number): readonly Expected[] {
  const observedat = '2025-12-01T09:00:00Z';
  return [
    {
      agency,
      outcomes: [
        ['quarantined', 'no-subject', 'Hub-Subject'],
        ['quarantined', 'no-observed-at', 'Hub-Observed-At'],
      ],
    },
    { agency, attributes: { subject }, outcomes: [['quarantined', 'no-observed-at', 'Hub-Observed-At']] },
    { agency, attributes: { observedat }, outcomes: [['quarantined', 'no-subject', 'Hub-Subject']] },
    {
      agency,
      attributes: { subject, observedat },
      changes,
      facts: [
        { type, record: subject, key: [observedat], occurred: observedat, onlyIfKnown: null, identifiers: ['nhs'] },
      ],
    },
  ];
}

/** An index of what a custodian holds of many people: no event, and it says why. */
export function custodianIndexOf(agency: Agency): readonly Expected[] {
  return [{ agency, outcomes: [['ignored', 'custodian-index']] }];
}
