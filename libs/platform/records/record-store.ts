import { binaryArray, instantArray, plainArray, uuidArray } from '../database/array-parameters.js';
import type { Connection, Database } from '../database/pool.js';

/** A source's own record as the hub keeps it. */
export interface StoredRecord {
  /** Opaque stream id: the hub's name for the record. */
  readonly stream: string;
  readonly keyId: string;
  readonly restated: number;
  readonly personHash?: Buffer;
  /** Nothing its source has said so far shows that it is about a child. */
  readonly onlyIfKnown?: true;
  /** And it belongs to no child the hub knows. */
  readonly unplaced?: true;
}

export interface RecordKey {
  readonly system: string;
  /** Keyed hash of the source's own key. */
  readonly keyHash: Buffer;
}

export interface NewRecord extends RecordKey {
  readonly stream: string;
  readonly agency: string;
  readonly keyId: string;
  /** Sealed under the record's key. */
  readonly sourceKey: Buffer;
  /** The source's key is an identifier of the person. */
  readonly byNumber: boolean;
  /** Nothing shows that it is about a child. */
  readonly onlyIfKnown: boolean;
}

export interface PersonUpdate {
  readonly stream: string;
  /** Sealed JSON of names and birth date. */
  readonly person: Buffer;
  readonly personHash: Buffer;
  /** The newest statement in it: of two records, the one that heard last is believed first. */
  readonly statedAt: string;
  readonly birthHash?: Buffer;
  /** Keyed hashes of how the person is called, for comparison: eight bytes of each, one after the other. */
  readonly given?: { readonly called: Buffer; readonly forms: Buffer };
  /** Keyed hashes of name prefixes, for search; each once. */
  readonly nameTokens: readonly Buffer[];
}

type Runs = Connection | Database;

/** Finds records by the source's key; the map's key is `keyHash` in hex. */
export async function findRecords(runs: Runs, keys: readonly RecordKey[]): Promise<Map<string, StoredRecord>> {
  const { rows } = await runs.query<{
    key_hash: Buffer;
    stream: string;
    key_id: string;
    restated: number;
    person_hash: Buffer | null;
    only_if_known: boolean;
    unplaced: boolean;
  }>(
    `select r.key_hash, r.stream, r.key_id, r.restated, r.person_hash, r.only_if_known,
            r.only_if_known and not exists (
              select from links where links.record = r.stream and links.known_to = 'infinity'
            ) as unplaced
       from unnest($1::text[], $2::bytea[]) as k (system, key_hash)
      cross join lateral (
        -- Fenced, so that each key is looked up: left alone, the planner reads the whole table for a batch.
        select * from records where records.system = k.system and records.key_hash = k.key_hash offset 0
      ) as r`,
    [
      binaryArray(
        'text',
        keys.map((key) => key.system),
      ),
      binaryArray(
        'bytea',
        keys.map((key) => key.keyHash),
      ),
    ],
  );
  return new Map(
    rows.map((row) => [
      row.key_hash.toString('hex'),
      {
        stream: row.stream,
        keyId: row.key_id,
        restated: row.restated,
        ...(row.person_hash ? { personHash: row.person_hash } : {}),
        ...(row.only_if_known ? { onlyIfKnown: true as const } : {}),
        ...(row.unplaced ? { unplaced: true as const } : {}),
      },
    ]),
  );
}

/** The keys that seal these streams; a stream that is missing has been erased. */
export async function keysOfStreams(runs: Runs, streams: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await runs.query<{ stream: string; key_id: string }>(
    'select stream, key_id from records where stream = any($1)',
    [uuidArray(streams)],
  );
  return new Map(rows.map((row) => [row.stream, row.key_id]));
}

/** What a source says of its person, sealed, and which saying is the newest of all. */
export interface StoredPerson {
  readonly person: Buffer;
  readonly newest: { readonly hash: Buffer; readonly statedAt: string };
}

export async function personsOf(
  connection: Connection,
  streams: readonly string[],
): Promise<Map<string, StoredPerson>> {
  const { rows } = await connection.query<{
    stream: string;
    person: Buffer;
    person_hash: Buffer;
    person_stated_at: string;
  }>(
    'select stream, person, person_hash, person_stated_at from records where stream = any($1) and person is not null',
    [uuidArray(streams)],
  );
  return new Map(
    rows.map((row) => [
      row.stream,
      { person: row.person, newest: { hash: row.person_hash, statedAt: row.person_stated_at } },
    ]),
  );
}

export async function insertRecords(connection: Connection, records: readonly NewRecord[]): Promise<void> {
  if (records.length === 0) return;
  await connection.query(
    `insert into records (stream, system, agency, key_hash, key_id, source_key, by_number, only_if_known, created_at)
     select *, date_trunc('milliseconds', clock_timestamp())
       from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::uuid[], $6::bytea[], $7::boolean[], $8::boolean[])`,
    [
      uuidArray(records.map((record) => record.stream)),
      binaryArray(
        'text',
        records.map((record) => record.system),
      ),
      plainArray(records.map((record) => record.agency)),
      binaryArray(
        'bytea',
        records.map((record) => record.keyHash),
      ),
      uuidArray(records.map((record) => record.keyId)),
      binaryArray(
        'bytea',
        records.map((record) => record.sourceKey),
      ),
      plainArray(records.map((record) => record.byNumber)),
      plainArray(records.map((record) => record.onlyIfKnown)),
    ],
  );
}

/** These are about children after all. */
export async function confirmChildren(connection: Connection, streams: readonly string[]): Promise<void> {
  if (streams.length === 0) return;
  await connection.query('update records set only_if_known = false where stream = any($1)', [uuidArray(streams)]);
}

/** Replaces what each source says of its person, and the name index with it. One update a record. */
export async function updatePersons(connection: Connection, updates: readonly PersonUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  const streams = uuidArray(updates.map((update) => update.stream));
  const { rows } = await connection.query<{ stream: string }>(
    `update records r
        set person = u.person, person_hash = u.person_hash, person_stated_at = u.stated_at, birth_hash = u.birth_hash,
            given_called = u.given_called, given_forms = u.given_forms
       from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::timestamptz[], $5::bytea[], $6::bytea[], $7::bytea[])
            as u (stream, person, person_hash, stated_at, birth_hash, given_called, given_forms)
      where r.stream = u.stream
     returning r.stream`,
    [
      streams,
      binaryArray(
        'bytea',
        updates.map((update) => update.person),
      ),
      binaryArray(
        'bytea',
        updates.map((update) => update.personHash),
      ),
      instantArray(updates.map((update) => update.statedAt)),
      binaryArray(
        'bytea',
        updates.map((update) => update.birthHash ?? null),
      ),
      binaryArray(
        'bytea',
        updates.map((update) => update.given?.called ?? null),
      ),
      binaryArray(
        'bytea',
        updates.map((update) => update.given?.forms ?? null),
      ),
    ],
  );
  await connection.query('delete from name_index where record = any($1)', [streams]);
  // Only of records that are there, and held by this transaction now: an erasure takes the names after the records.
  const there = new Set(rows.map(({ stream }) => stream));
  const tokens = updates
    .filter(({ stream }) => there.has(stream))
    .flatMap(({ stream, nameTokens }) => nameTokens.map((token) => ({ token, record: stream })));
  // Nothing to conflict with: each token of a record once, and what it had is gone. To look for a conflict first took a fifth of it.
  await connection.query('insert into name_index (token, record) select * from unnest($1::bytea[], $2::uuid[])', [
    binaryArray(
      'bytea',
      tokens.map(({ token }) => token),
    ),
    uuidArray(tokens.map(({ record }) => record)),
  ]);
}

/** One saying of a record's person: kept once, however often it is said. */
export interface PersonSaying {
  readonly stream: string;
  readonly personHash: Buffer;
  /** Sealed JSON of names, birth date and identifiers. */
  readonly person: Buffer;
}

export async function keepPersonSayings(connection: Connection, sayings: readonly PersonSaying[]): Promise<void> {
  if (sayings.length === 0) return;
  await connection.query(
    `insert into persons_said (record, person_hash, person)
     select * from unnest($1::uuid[], $2::bytea[], $3::bytea[]) on conflict do nothing`,
    [
      uuidArray(sayings.map((saying) => saying.stream)),
      binaryArray(
        'bytea',
        sayings.map((saying) => saying.personHash),
      ),
      binaryArray(
        'bytea',
        sayings.map((saying) => saying.person),
      ),
    ],
  );
}

/** What still stands of the persons of these records, each saying with the newest time of a message that says it. */
export async function standingSayings(
  connection: Connection,
  streams: readonly string[],
): Promise<(PersonSaying & { readonly statedAt: string })[]> {
  const { rows } = await connection.query<{ stream: string; person_hash: Buffer; person: Buffer; stated_at: string }>(
    `select s.stream, s.person as person_hash, p.person, max(s.stated_at) as stated_at
       from statements s join persons_said p on p.record = s.stream and p.person_hash = s.person
      where s.stream = any($1) and not s.retracted
      group by s.stream, s.person, p.person order by max(s.stated_at), s.person`,
    [uuidArray(streams)],
  );
  return rows.map(({ person_hash, stated_at, ...row }) => ({ ...row, personHash: person_hash, statedAt: stated_at }));
}

/** Forgets what these records say of their persons: what stands is to be written anew in the same transaction. */
export async function forgetPersons(connection: Connection, streams: readonly string[]): Promise<void> {
  await connection.query(
    `update records set person = null, person_hash = null, person_stated_at = null, birth_hash = null,
            given_called = null, given_forms = null, restated = restated + 1
      where stream = any($1)`,
    [streams],
  );
  await connection.query('delete from claims where record = any($1)', [streams]);
  await connection.query('delete from name_index where record = any($1)', [streams]);
}
