import pg from 'pg';
import { isHistory } from '../../../kernel/delivery.js';
import type { DataKey } from '../../../kernel/keys.js';
import type { ReceiptStatus } from '../../../kernel/intake.js';
import { binaryArray, instantArray, plainArray, uuidArray } from '../../database/array-parameters.js';
import type { Database } from '../../database/pool.js';
import type { Draft } from './draft.js';
import { sealEnvelope } from './envelope.js';

const INSERT = `
  with given as materialized (
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::integer[], $8::text[],
                         $9::text[], $10::uuid[], $11::uuid[], $12::bytea[], $13::timestamptz[], $14::boolean[])
      with ordinality as t (id, system, agency, message_hash, content_hash, sha256, size, format, content_type, correlation,
                            key_id, sealed, received_at, history, n)
  ), kept as (
    insert into receipts (id, system, agency, message_hash, content_hash, sha256, size, format, content_type, correlation,
                          key_id, received_at, history)
    select id, system, agency, message_hash, content_hash, sha256, size, format, content_type, correlation, key_id, received_at,
           history
    from given order by n
    on conflict (system, message_hash) do nothing
    returning id, seq, size, content_type
  ), queued as (
    insert into queue (seq, receipt, weight, attempts) select seq, id, weight_in_queue(size, content_type), 0 from kept
  ), stored as (
    insert into messages (receipt, sealed) select id, sealed from kept join given using (id)
  )
  select id from given where id not in (select id from kept)`;

const EARLIER = `
  select r.id, r.system, r.message_hash, r.content_hash, r.shown_status as status
  from unnest($1::text[], $2::bytea[]) as t (system, message_hash)
  join receipts r on r.system = t.system and r.message_hash = t.message_hash`;

/** A receipt that was there before. */
export interface Earlier {
  readonly id: string;
  readonly contentHash: Buffer;
  /** As its publisher may see it. */
  readonly status: ReceiptStatus;
}

/**
 * Inserts what is new in one statement, each sealed under the key beside it. Answers the receipts that were not inserted, because
 * their message was there before: mostly none, where the ids of all others would be read back for nothing.
 */
export async function insert(
  database: Database,
  drafts: readonly Draft[],
  keys: readonly DataKey[],
): Promise<Set<string>> {
  const text = (of: (message: Draft['message']) => string) =>
    binaryArray(
      'text',
      drafts.map(({ message }) => of(message)),
    );
  const bytes = (of: (one: Draft, at: number) => Uint8Array) => binaryArray('bytea', drafts.map(of));
  const values = [
    uuidArray(drafts.map(({ receipt }) => receipt)),
    text((message) => message.system),
    text((message) => message.agency),
    bytes((one) => one.messageHash),
    bytes((one) => one.contentHash),
    bytes((one) => one.sha256),
    plainArray(drafts.map(({ message }) => message.body.byteLength)),
    text((message) => message.format),
    text((message) => message.contentType),
    uuidArray(drafts.map(({ message }) => message.correlation)),
    uuidArray(drafts.map((_, at) => keyAt(keys, at).id)),
    bytes(({ message, receipt }, at) => sealEnvelope(keyAt(keys, at), receipt, message)),
    instantArray(drafts.map(({ receivedAt }) => receivedAt)),
    plainArray(drafts.map(({ message }) => isHistory(message))),
  ];
  const query = { name: 'intake insert', text: INSERT, values };
  const { rows } = await retriedOnDeadlock(() => database.query<{ id: string }>(query));
  return new Set(rows.map(({ id }) => id));
}

/** The receipts that stood in the way, by draft identity. A statement of its own, so that it sees them committed. */
export async function earlier(database: Database, drafts: readonly Draft[]): Promise<Map<string, Earlier>> {
  const { rows } = await database.query<{
    id: string;
    system: string;
    message_hash: Buffer;
    content_hash: Buffer;
    status: ReceiptStatus;
  }>({
    name: 'intake earlier',
    text: EARLIER,
    values: [
      drafts.map(({ message }) => message.system),
      binaryArray(
        'bytea',
        drafts.map((one) => one.messageHash),
      ),
    ],
  });
  return new Map(
    rows.map((row) => [
      `${row.system} ${row.message_hash.toString('latin1')}`,
      { id: row.id, contentHash: row.content_hash, status: row.status },
    ]),
  );
}

// Two doors that keep the same messages in another order can wait for each other; nothing of the loser was written.
async function retriedOnDeadlock<T>(run: () => Promise<T>, attempts = 5): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (attempts > 1 && error instanceof pg.DatabaseError && error.code === '40P01') {
      return retriedOnDeadlock(run, attempts - 1);
    }
    throw error;
  }
}

function keyAt(keys: readonly DataKey[], at: number): DataKey {
  const key = keys[at];
  if (!key) throw new Error('the key store handed out fewer keys than asked for');
  return key;
}
