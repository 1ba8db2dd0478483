import pg from 'pg';
import type { DataKey } from '../../../kernel/keys.js';
import type { ReceiptStatus } from '../../../kernel/intake.js';
import type { Database } from '../../database/pool.js';
import type { Draft } from './draft.js';
import { sealEnvelope } from './envelope.js';

// Bytes travel as one binary parameter cut by the server: arrays of bytea would go as hexadecimal text, twice the size.
const INSERT = `
  insert into receipts (id, system, agency, message_hash, content_hash, sha256, size, format, content_type, correlation,
                        key_id, sealed, received_at)
  select id, system, agency,
         substring($11::bytea from 96 * (n::integer - 1) + 1 for 32),
         substring($11::bytea from 96 * (n::integer - 1) + 33 for 32),
         substring($11::bytea from 96 * (n::integer - 1) + 65 for 32),
         size, format, content_type, correlation, key_id, substring($12::bytea from start for length), received_at
  from unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::uuid[], $8::uuid[],
              $9::integer[], $10::integer[], $13::timestamptz[])
       with ordinality as t (id, system, agency, size, format, content_type, correlation, key_id, start, length,
                             received_at, n)
  order by n
  on conflict (system, message_hash) do nothing
  returning id`;

const EARLIER = `
  select r.id, r.system, r.message_hash, r.content_hash, r.shown_status as status
  from unnest($1::text[], $2::integer[]) as t (system, n)
  join receipts r on r.system = t.system and r.message_hash = substring($3::bytea from 32 * (n - 1) + 1 for 32)`;

/** A receipt that was there before. */
export interface Earlier {
  readonly id: string;
  readonly contentHash: Buffer;
  /** As its publisher may see it. */
  readonly status: ReceiptStatus;
}

/** Inserts what is new in one statement, each sealed under the key beside it. Answers the receipts that were inserted. */
export async function insert(
  database: Database,
  drafts: readonly Draft[],
  keys: readonly DataKey[],
): Promise<Set<string>> {
  const sealed = drafts.map(({ message, receipt }, at) => sealEnvelope(keyAt(keys, at), receipt, message));
  const starts: number[] = [];
  let start = 1;
  for (const bytes of sealed) {
    starts.push(start);
    start += bytes.length;
  }
  const values = [
    drafts.map(({ receipt }) => receipt),
    drafts.map(({ message }) => message.system),
    drafts.map(({ message }) => message.agency),
    drafts.map(({ message }) => message.body.byteLength),
    drafts.map(({ message }) => message.format),
    drafts.map(({ message }) => message.contentType),
    drafts.map(({ message }) => message.correlation),
    drafts.map((_, at) => keyAt(keys, at).id),
    starts,
    sealed.map(({ length }) => length),
    Buffer.concat(drafts.flatMap((one) => [one.messageHash, one.contentHash, one.sha256])),
    Buffer.concat(sealed),
    drafts.map(({ receivedAt }) => receivedAt.toISOString()),
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
      drafts.map((_, at) => at + 1),
      Buffer.concat(drafts.map((one) => one.messageHash)),
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
