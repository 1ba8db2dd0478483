import { transaction } from '../../../libs/platform/database/pool.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { lockIdentity } from '../../../libs/platform/records/link-store.js';
import { unlinkByHand } from '../../worker/identify/by-hand.js';
import { destroy } from './erase.js';
import type { LedgerEntry } from './ledger.js';

const WHY = 'erased again: this hub was restored from a backup older than the erasure';

/**
 * Erases a child that a restored backup has brought back, exactly as the ledger says it was erased. Resolves to false when
 * the backup was taken after the erasure: then there is nothing to do.
 */
export async function eraseAgain(entry: LedgerEntry, parts: Parts): Promise<boolean> {
  const { database } = parts;
  const done = await database.query('select from erasures where id = $1 and done_at is not null', [entry.erasure]);
  if (done.rowCount !== 0) return false;
  // Linked to this child when the backup was taken, and no longer when it was erased: another child's.
  const { rows: strays } = await database.query<{ record: string }>(
    `select record from links where child = $1 and known_to = 'infinity' and not record = any($2)`,
    [entry.child, entry.streams],
  );
  for (const { record } of strays) {
    await unlinkByHand(database, record, entry.child, { who: entry.who, reason: WHY });
  }
  await noteAgain(entry, parts);
  const receipts = entry.receipts.map(({ id }) => id);
  const { erasure: id, child, who, streams } = entry;
  await destroy({ id, child, who, streams: [...streams], receipts }, parts, false, entry.keys);
  return true;
}

async function noteAgain(entry: LedgerEntry, { database }: Parts): Promise<void> {
  const { erasure, child, who, at, streams, receipts } = entry;
  await transaction(database, async (connection) => {
    await lockIdentity(connection);
    // A message that came after the backup is known again, empty: sent once more, it brings nothing back.
    await connection.query(
      `insert into receipts (id, system, agency, message_hash, content_hash, sha256, size, format, content_type, correlation,
                             key_id, received_at, status, shown_status)
       select r.id, r.system, r.agency, decode(r.message, 'hex'), '', '', 0, '', '', gen_random_uuid(),
              gen_random_uuid(), r.received, 'ignored', 'ignored'
         from jsonb_to_recordset($1) r (id uuid, system text, agency text, message text, received timestamptz)
       on conflict do nothing`,
      [JSON.stringify(receipts)],
    );
    await connection.query(
      `insert into erasures (id, child, reason, who, at, streams, receipts) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update set streams = excluded.streams, receipts = excluded.receipts`,
      [erasure, child, WHY, who, at, streams, receipts.map(({ id }) => id)],
    );
    await connection.query('delete from claims where record = any($1)', [streams]);
    await connection.query('update children set erased_at = $2 where id = $1', [child, at]);
  });
}
