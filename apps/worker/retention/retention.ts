import { transaction, type Connection } from '../../../libs/platform/database/pool.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { lockIdentity } from '../../../libs/platform/records/link-store.js';

const batch = 200;
const dayMs = 24 * 60 * 60 * 1000;
const why = 'kept for a child the hub might come to know; its time was over, and it was destroyed';

/** Held for want of a known child, for too long, and for nothing else: nothing of it was ever recorded, nothing asks a person. */
const EXPIRED = `
  r.waits_as = 'held' and r.received_at < $1
  and r.outcomes @? '$[*] ? (@.outcome == "held" && exists(@.discreet))'
  and not r.outcomes @? '$[*] ? (!(@.outcome == "ignored" || (@.outcome == "held" && exists(@.discreet))))'
  and not exists (select from statements s where s.receipt = r.id)`;

type Needs = Pick<Parts, 'clock' | 'config' | 'database' | 'keys' | 'logger' | 'metrics'>;

/** How many messages would be destroyed now. */
export async function countExpired({ database, clock, config }: Needs): Promise<number> {
  const { rows } = await database.query<{ count: bigint }>(`select count(*) from receipts r where ${EXPIRED}`, [
    before(clock.now(), config.HUB_HELD_DAYS),
  ]);
  return Number(rows[0]?.count ?? 0n);
}

/**
 * Destroys the messages that were held for want of a known child longer than `HUB_HELD_DAYS`: the key, then the sealed
 * message. The receipt stays, so that the same message sent again is answered and not kept anew. What is broken off is
 * finished the next time. Returns how many messages were destroyed.
 */
export async function destroyExpired(parts: Needs): Promise<number> {
  const { database, clock, config, logger, metrics } = parts;
  const cutoff = before(clock.now(), config.HUB_HELD_DAYS);
  await destroyMarked(parts, await brokenOff(parts));
  let destroyed = 0;
  for (;;) {
    const marked = await transaction(database, (connection) => mark(connection, cutoff));
    if (marked.length === 0) break;
    await destroyMarked(parts, marked);
    destroyed += marked.length;
    for (const { system } of marked) metrics.heldDestroyed.inc({ system });
  }
  await destroyRecords(parts, cutoff);
  if (destroyed > 0)
    logger.info({ destroyed, days: config.HUB_HELD_DAYS }, 'held messages were destroyed: their time is over');
  return destroyed;
}

/** Under the lock that held messages wait and are woken under: one that becomes placeable now is either woken or destroyed. */
async function mark(connection: Connection, cutoff: string): Promise<(Marked & { readonly system: string })[]> {
  await lockIdentity(connection);
  const { rows } = await connection.query<Marked & { system: string }>(
    `update receipts m
        set status = 'ignored', outcomes = (
          select jsonb_agg(case when o ->> 'outcome' = 'held' then o || $3::jsonb else o end order by n)
            from jsonb_array_elements(m.outcomes) with ordinality as part (o, n))
      where m.id in (select r.id from receipts r where ${EXPIRED} order by r.received_at limit $2 for update skip locked)
     returning m.id, m.key_id, m.system`,
    [cutoff, batch, JSON.stringify({ outcome: 'ignored', reason: 'retention', detail: why })],
  );
  const receipts = rows.map(({ id }) => id);
  await connection.query('delete from waiting where receipt = any($1)', [receipts]);
  await connection.query('delete from covers where receipt = any($1)', [receipts]);
  await connection.query(
    `insert into receipt_actions (receipt, action, reason, who) select id, 'retention', $2, 'hub' from unnest($1::uuid[]) as t (id)`,
    [receipts, why],
  );
  return rows;
}

interface Marked {
  readonly id: string;
  readonly key_id: string;
}

/** Marked by a process that did not come to the end. */
async function brokenOff({ database }: Needs): Promise<Marked[]> {
  const { rows } = await database.query<Marked>(
    `select r.id, r.key_id from receipt_actions a join receipts r on r.id = a.receipt join messages m on m.receipt = r.id
      where a.action = 'retention'`,
  );
  return rows;
}

/** Keys before messages: broken off in between, what is left cannot be read, and is still found. */
async function destroyMarked({ database, keys }: Needs, marked: readonly Marked[]): Promise<void> {
  if (marked.length === 0) return;
  await keys.destroy(marked.map((one) => one.key_id));
  const receipts = marked.map(({ id }) => id);
  await transaction(database, async (connection) => {
    await connection.query('delete from messages where receipt = any($1)', [receipts]);
    await connection.query(`update receipts set sha256 = '', content_hash = '' where id = any($1)`, [receipts]);
  });
}

/** Records that were made for such a message, and have never belonged to a child: whose number it was, was not clear. */
async function destroyRecords({ database, keys }: Needs, cutoff: string): Promise<void> {
  const keyIds = await transaction(database, async (connection) => {
    await lockIdentity(connection);
    const { rows } = await connection.query<{ stream: string; key_id: string }>(
      `delete from records r
        where only_if_known and created_at < $1
          and not exists (select from links l where l.record = r.stream)
          and not exists (select from statements s where s.stream = r.stream)
          and not exists (select from waiting w where w.awaited = r.key_hash)
       returning stream, key_id`,
      [cutoff],
    );
    const streams = rows.map(({ stream }) => stream);
    await connection.query('delete from name_index where record = any($1)', [streams]);
    return rows.map((row) => row.key_id);
  });
  // Not inside: the key store waits for transactions that could still see the keys. Broken off here, they open nothing.
  await keys.destroy(keyIds);
}

function before(now: number, days: number): string {
  return new Date(now - days * dayMs).toISOString();
}
