import { binaryArray, hexArray, instantArray, plainArray, uuidArray } from '../database/array-parameters.js';
import type { Connection, Database } from '../database/pool.js';

/** The snapshots of one record that are compared with each other. */
export interface Series {
  /** The record's stream. */
  readonly record: string;
  /** Canonical type of the snapshots. */
  readonly type: string;
}

export interface SnapshotRow extends Series {
  /** RFC 3339, as all times here. */
  readonly observedAt: string;
  readonly receipt: string;
  readonly statedAt: string;
  /** As its publisher stated it, '' when it did not. */
  readonly handling: string;
  /** Under the record's key. */
  readonly sealed: Uint8Array;
}

/** A snapshot that stands, and the message it came in. */
export type StandingSnapshot = SnapshotRow & {
  readonly receivedAt: string;
  readonly correlation: string;
  readonly history: boolean;
};

/**
 * Replaces the snapshots that these receipts state. What one of them stated before and no longer does stays, marked
 * `retracted`: if the hub stops before the changes have been derived, the next attempt still sees what they were derived from.
 */
export async function replaceSnapshots(
  connection: Connection,
  repeated: readonly string[],
  snapshots: readonly SnapshotRow[],
): Promise<void> {
  if (repeated.length > 0)
    await connection.query('update snapshots set retracted = true where receipt = any($1)', [uuidArray(repeated)]);
  if (snapshots.length === 0) return;
  await connection.query(
    `insert into snapshots (record, type, observed_at, receipt, stated_at, handling, sealed)
     select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::timestamptz[], $6::text[], $7::bytea[])
     on conflict (record, type, observed_at, receipt) do update
        set stated_at = excluded.stated_at, handling = excluded.handling, sealed = excluded.sealed, retracted = false`,
    [
      uuidArray(snapshots.map((row) => row.record)),
      plainArray(snapshots.map((row) => row.type)),
      instantArray(snapshots.map((row) => row.observedAt)),
      uuidArray(snapshots.map((row) => row.receipt)),
      instantArray(snapshots.map((row) => row.statedAt)),
      binaryArray(
        'text',
        snapshots.map((row) => row.handling),
      ),
      binaryArray(
        'bytea',
        snapshots.map((row) => row.sealed),
      ),
    ],
  );
}

/** The series that these receipts have ever stated a snapshot of. */
export async function seriesStatedBy(database: Database, receipts: readonly string[]): Promise<Series[]> {
  if (receipts.length === 0) return [];
  const { rows } = await database.query<Series>('select distinct record, type from snapshots where receipt = any($1)', [
    uuidArray(receipts),
  ]);
  return rows;
}

/** Until the transaction ends nobody else compares snapshots of these records. Hold the records before. */
export async function lockComparing(connection: Connection, records: readonly string[]): Promise<void> {
  // One after the other in one order, so that two workers never wait for each other.
  for (const record of [...new Set(records)].toSorted())
    await connection.query(`select pg_advisory_xact_lock(hashtextextended('hub: snapshots ' || $1, 0))`, [record]);
}

/** The snapshots of one series that stand, in the order of the source's time; of one time, the one that counts last. */
export async function standingSnapshots(connection: Connection, { record, type }: Series): Promise<StandingSnapshot[]> {
  const { rows } = await connection.query<{
    observed_at: string;
    receipt: string;
    stated_at: string;
    handling: string;
    sealed: Buffer;
    received_at: string;
    correlation: string;
    history: boolean;
  }>(
    `select s.observed_at, s.receipt, s.stated_at, s.handling, s.sealed, r.received_at, r.correlation, r.history
       from snapshots s join receipts r on r.id = s.receipt
      where s.record = $1 and s.type = $2 and not s.retracted
      order by s.observed_at, s.stated_at, s.receipt`,
    [record, type],
  );
  return rows.map(({ observed_at, stated_at, received_at, ...row }) => ({
    ...row,
    record,
    type,
    observedAt: observed_at,
    statedAt: stated_at,
    receivedAt: received_at,
  }));
}

/** Who a record is of, and its source's own key, sealed. */
export interface RecordOrigin {
  readonly stream: string;
  readonly system: string;
  readonly agency: string;
  readonly keyId: string;
  readonly sourceKey: Buffer;
}

export async function originsOf(connection: Connection, records: readonly string[]): Promise<RecordOrigin[]> {
  const { rows } = await connection.query<{
    stream: string;
    system: string;
    agency: string;
    key_id: string;
    source_key: Buffer;
  }>('select stream, system, agency, key_id, source_key from records where stream = any($1)', [uuidArray(records)]);
  return rows.map(({ key_id, source_key, ...row }) => ({ ...row, keyId: key_id, sourceKey: source_key }));
}

/** What follows from a snapshot: `receipt` is the snapshot's, `fact` and `content` are keyed hashes in hex. */
export interface DerivedStatement {
  readonly fact: string;
  readonly receipt: string;
  readonly statedAt: string;
  readonly content: string;
}

/** Everything that was ever derived from a series from a time on ('': ever), also what no longer follows. */
export async function derivedStatements(
  connection: Connection,
  { record, type }: Series,
  from: string,
): Promise<(DerivedStatement & { readonly retracted: boolean })[]> {
  const { rows } = await connection.query<{
    fact: string;
    receipt: string;
    stated_at: string;
    content: string;
    retracted: boolean;
  }>(
    `select encode(fact, 'hex') as fact, receipt, stated_at, encode(content, 'hex') as content, retracted
       from statements where stream = $1 and derived_from = $2 and stated_at >= $3`,
    [record, type, from === '' ? '-infinity' : from],
  );
  return rows.map(({ stated_at, ...row }) => ({ ...row, statedAt: stated_at }));
}

export async function writeDerived(
  connection: Connection,
  { record, type }: Series,
  derived: readonly DerivedStatement[],
): Promise<void> {
  if (derived.length === 0) return;
  await connection.query(
    `insert into statements (fact, receipt, stream, stated_at, content, derived_from)
     select fact, receipt, $5::uuid, stated_at, content, $6::text
       from unnest($1::bytea[], $2::uuid[], $3::timestamptz[], $4::bytea[]) as d (fact, receipt, stated_at, content)
     on conflict (fact, receipt) do update
        set stated_at = excluded.stated_at, content = excluded.content, retracted = false`,
    [
      hexArray(derived.map((row) => row.fact)),
      uuidArray(derived.map((row) => row.receipt)),
      instantArray(derived.map((row) => row.statedAt)),
      hexArray(derived.map((row) => row.content)),
      record,
      type,
    ],
  );
}

export async function retractDerived(
  connection: Connection,
  derived: readonly Pick<DerivedStatement, 'fact' | 'receipt'>[],
): Promise<void> {
  if (derived.length === 0) return;
  await connection.query(
    `update statements s set retracted = true
       from unnest($1::bytea[], $2::uuid[]) as d (fact, receipt) where s.fact = d.fact and s.receipt = d.receipt`,
    [hexArray(derived.map((row) => row.fact)), uuidArray(derived.map((row) => row.receipt))],
  );
}
