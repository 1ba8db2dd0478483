import { randomUUID } from 'node:crypto';
import { transaction, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { lockIdentity } from '../../../libs/platform/records/link-store.js';
import { eraseRows } from '../../../libs/platform/projections/erase.js';
import { holdsOn } from './holds.js';
import { ledgerFile, noteInLedger, type LedgerReceipt } from './ledger.js';
import { receiptsThatMention } from './mentions.js';

export interface ErasureRequest {
  readonly child: string;
  readonly reason: string;
  readonly who: string;
  /** Why a retention hold does not stand in the way; without it, a child under a hold is not erased. */
  readonly despiteHold?: string;
}

export interface Erased {
  readonly erasure: string;
  readonly records: number;
  readonly receipts: number;
}

/** The child is not to be erased, or is not there; nothing was changed. */
export class ErasureRefused extends Error {
  readonly code = 'erasure-refused';
}

/**
 * Erases a child: destroys the keys of its records and of every receipt that mentions it, then its lookups, statements and
 * rows. The log keeps the sealed events, which nobody can read again, and still verifies. What is to be erased is noted
 * first, so that a broken-off erasure is finished by running it again.
 */
export async function eraseChild(request: ErasureRequest, parts: Parts): Promise<Erased> {
  const { database } = parts;
  const erasure = (await unfinished(database, request.child)) ?? (await begin(request, parts));
  const { id, streams, receipts } = await destroy(erasure, parts, true);
  return {
    erasure: id,
    records: streams.filter((stream) => stream !== request.child).length,
    receipts: receipts.length,
  };
}

/** What a row of `erasures` notes. */
export interface Erasure {
  readonly id: string;
  readonly child: string;
  readonly who: string;
  readonly streams: string[];
  readonly receipts: string[];
}

/** Finishes every erasure that was broken off: a restored hub may hold some. */
export async function finishErasures(parts: Parts): Promise<number> {
  const { rows } = await parts.database.query<Erasure>(
    'select id, child, who, streams, receipts from erasures where done_at is null order by at',
  );
  for (const erasure of rows) await destroy(erasure, parts, true);
  return rows.length;
}

async function unfinished(database: Database, child: string): Promise<Erasure | undefined> {
  const { rows } = await database.query<Erasure>(
    'select id, child, who, streams, receipts from erasures where child = $1 and done_at is null',
    [child],
  );
  return rows[0];
}

async function begin(request: ErasureRequest, parts: Parts): Promise<Erasure> {
  const { database, keys } = parts;
  const { rows } = await database.query<{ erased_at: string | null }>('select erased_at from children where id = $1', [
    request.child,
  ]);
  if (!rows[0]) throw new ErasureRefused(`there is no child ${request.child}`);
  if (rows[0].erased_at !== null) throw new ErasureRefused(`child ${request.child} has been erased already`);
  const links = await database.query<{ record: string }>(
    `select record from links where child = $1 and known_to = 'infinity'`,
    [request.child],
  );
  const records = links.rows.map((row) => row.record);
  // What was derived of the child stands in a stream of its own.
  const streams = [...records, request.child];
  const holds = await holdsOn(records, parts);
  if (holds.length > 0 && request.despiteHold === undefined) {
    throw new ErasureRefused(`child ${request.child} is under a retention hold: ${holds.join('; ')}`);
  }
  const receipts = await receiptsThatMention(records, database, keys);
  const reason =
    request.despiteHold === undefined ? request.reason : `${request.reason} (despite a hold: ${request.despiteHold})`;
  return transaction(database, async (connection) => {
    // From here on no worker links to this child, states anything of its records, or works on these messages.
    await lockIdentity(connection);
    const erasure = { id: randomUUID(), child: request.child, who: request.who, streams, receipts };
    await connection.query(
      `insert into erasures (id, child, reason, who, at, streams, receipts) values ($1, $2, $3, $4, clock_timestamp(), $5, $6)`,
      [erasure.id, erasure.child, reason, request.who, streams, receipts],
    );
    await connection.query('delete from claims where record = any($1)', [streams]);
    await connection.query('update children set erased_at = clock_timestamp() where id = $1', [request.child]);
    return erasure;
  });
}

/**
 * Destroys what the erasure notes. `noted`: written into the ledger first, which every erasure is except one that comes from
 * there; its keys are `known`, also those that this hub's rows no longer name.
 */
export async function destroy(
  erasure: Erasure,
  parts: Parts,
  noted: boolean,
  known: readonly string[] = [],
): Promise<Erasure> {
  const { database, keys } = parts;
  const { rows } = await database.query<{ key_id: string }>(
    `select key_id from records where stream = any($1) union select key_id from receipts where id = any($2)
     union select key_id from break_glass where child = $3
     union select key_id from children where id = $3 and key_id is not null`,
    [erasure.streams, erasure.receipts, erasure.child],
  );
  const gone = [...new Set([...known, ...rows.map((row) => row.key_id)])];
  // On disk, outside the databases, before a key goes: no restore may bring the child back.
  if (noted) await note(erasure, gone, parts);
  await keys.destroy(gone);
  await eraseRows(database, erasure.streams);
  const late = await transaction(database, async (connection) => {
    await lockIdentity(connection);
    const found = await stillInHand(connection, erasure);
    if (found.streams.length + found.receipts.length > 0) return noteAsWell(connection, erasure, found);
    await deleteAll(connection, erasure);
    return undefined;
  });
  if (late) return destroy(late, parts, noted, known);
  await tidy(database);
  return erasure;
}

async function note(erasure: Erasure, gone: readonly string[], parts: Parts): Promise<void> {
  const { id, child, who, streams, receipts } = erasure;
  await transaction(parts.database, async (connection) => {
    // One line at a time, whichever process writes it: each is sealed together with the one before.
    await connection.query(`select pg_advisory_xact_lock(hashtextextended('erasure ledger', 0))`);
    const { rows } = await connection.query<LedgerReceipt>(
      `select id, system, agency, encode(message_hash, 'hex') as message, received_at as received
         from receipts where id = any($1) order by seq`,
      [receipts],
    );
    const at = new Date(parts.clock.now()).toISOString();
    const entry = { erasure: id, child, who, at, streams, keys: gone, receipts: rows };
    await noteInLedger(ledgerFile(parts.config), entry, parts.keys);
  });
}

/** What workers had in hand when the erasure began, and have committed since. Waits for those that still are about to. */
async function stillInHand(
  connection: Connection,
  { child, streams, receipts }: Erasure,
): Promise<Pick<Erasure, 'streams' | 'receipts'>> {
  await connection.query('select from records where stream = any($1) order by stream for update', [streams]);
  const linked = await connection.query<{ record: string }>(
    `select record from links where child = $1 and known_to = 'infinity' and not record = any($2)`,
    [child, streams],
  );
  const stated = await connection.query<{ receipt: string }>(
    'select distinct receipt from statements where stream = any($1) and not receipt = any($2)',
    [streams, receipts],
  );
  return { streams: linked.rows.map((row) => row.record), receipts: stated.rows.map((row) => row.receipt) };
}

async function noteAsWell(
  connection: Connection,
  erasure: Erasure,
  found: Pick<Erasure, 'streams' | 'receipts'>,
): Promise<Erasure> {
  const streams = [...erasure.streams, ...found.streams];
  const receipts = [...erasure.receipts, ...found.receipts];
  await connection.query('update erasures set streams = $2, receipts = $3 where id = $1', [
    erasure.id,
    streams,
    receipts,
  ]);
  await connection.query('delete from claims where record = any($1)', [streams]);
  return { ...erasure, streams, receipts };
}

async function deleteAll(connection: Connection, { id, child, streams, receipts }: Erasure): Promise<void> {
  await connection.query('delete from statements where stream = any($1)', [streams]);
  await connection.query('delete from waiting where receipt = any($1)', [receipts]);
  // Claims and sayings go with the records. The name index after them: a worker that writes names holds the record until
  // it commits.
  await connection.query('delete from records where stream = any($1)', [streams]);
  await connection.query('delete from name_index where record = any($1)', [streams]);
  // That somebody broke the glass stays, as the audit does; why, and what was said of it, named the child.
  await connection.query(
    `update break_glass set reason = '', comment = null, ended_at = coalesce(ended_at, clock_timestamp()) where child = $1`,
    [child],
  );
  await connection.query('delete from reactions where child = $1', [child]);
  await connection.query('delete from board_places where child = $1', [child]);
  await connection.query('delete from meeting_children where child = $1', [child]);
  await connection.query('delete from messages where receipt = any($1)', [receipts]);
  await connection.query('delete from queue where receipt = any($1)', [receipts]);
  // The receipts stay, empty: what was acknowledged is still answered, and the same message sent again brings nothing back.
  await connection.query(`update receipts set sha256 = '', content_hash = '' where id = any($1)`, [receipts]);
  await connection.query(
    `update receipts set status = 'ignored', shown_status = 'ignored'
      where id = any($1) and status in ('received', 'held', 'quarantined')`,
    [receipts],
  );
  await connection.query(
    `update links set known_to = greatest(date_trunc('milliseconds', clock_timestamp()), known_from)
      where record = any($1) and known_to = 'infinity'`,
    [streams],
  );
  await connection.query('update erasures set done_at = clock_timestamp() where id = $1', [id]);
}

/** Deleted rows leave the files too: hashes of what is gone need not lie about until the next vacuum. */
async function tidy(database: Database): Promise<void> {
  await database.query('vacuum records, claims, name_index, statements, snapshots, waiting, receipts, messages');
}
