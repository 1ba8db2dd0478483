import { createHash } from 'node:crypto';
import type { Connection } from '../../../libs/platform/database/pool.js';
import { openEnvelope } from '../../../libs/platform/intake/postgres/envelope.js';
import { SealBroken } from '../../../libs/platform/keys/seal.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import type { Problem } from './problem.js';

const batch = 500;

/**
 * Every kept message opens and has the hash it was acknowledged with, and receipts and events agree: those closed before
 * the log was read, `closedBy` (RFC 3339).
 */
export async function verifyReceipts(parts: Parts, connection: Connection, closedBy: string) {
  const problems: Problem[] = [];
  let receipts = 0;
  let erasedReceipts = 0;
  let after = 0n;
  for (;;) {
    const { rows } = await connection.query<{
      seq: bigint;
      id: string;
      key_id: string;
      sealed: Buffer | null;
      sha256: Buffer;
    }>(
      `select seq, id, key_id, sealed, sha256 from receipts left join messages on receipt = id
        where seq > $1 order by seq limit $2`,
      [after, batch],
    );
    const last = rows.at(-1);
    if (!last) break;
    after = last.seq;
    receipts += rows.length;
    const keys = await parts.keys.find(rows.map((row) => row.key_id));
    for (const { id, key_id, sealed, sha256 } of rows) {
      const key = keys.get(key_id);
      if (!key) erasedReceipts++;
      else if (
        !sealed ||
        !holds(() =>
          createHash('sha256')
            .update(openEnvelope(key, id, sealed).body)
            .digest()
            .equals(sha256),
        )
      ) {
        problems.push({ code: 'receipt-hash', where: `receipt ${id}` });
      }
    }
  }
  return { receipts, erasedReceipts, problems: [...problems, ...(await disagreements(connection, closedBy))] };
}

async function disagreements(connection: Connection, closedBy: string): Promise<Problem[]> {
  await connection.query('create index on seen_events (id)');
  await connection.query('analyze seen_events');
  const { rows } = await connection.query<Problem>(
    `select 'receipt-without-its-event' as code, 'receipt ' || r.id as where
       from receipts r cross join lateral jsonb_array_elements(r.outcomes) o
      where r.closed_at < $1 and o ? 'eventId' and not exists (select from seen_events e where e.id = (o ->> 'eventId')::uuid)
     union all
     select 'event-without-its-receipt', 'event ' || e.id
       from seen_events e where e.receipt is not null and not exists (select from receipts r where r.id = e.receipt)
     union all
     select 'message-not-in-the-queue', 'receipt ' || r.id
       from receipts r where r.status = 'received' and not exists (select from queue q where q.seq = r.seq)
     union all
     select 'event-twice', 'event ' || id from seen_events group by id having count(*) > 1
     union all
     select 'stream-without-a-record', 'stream ' || e.stream
       from (select distinct stream from seen_events) e
      where not exists (select from records r where r.stream = e.stream)
        and not exists (select from children c where c.id = e.stream)
        and not exists (select from erasures x where e.stream = any(x.streams))`,
    [closedBy],
  );
  return rows;
}

/** Every record belongs to exactly one child, at every moment since it was first linked. */
export async function verifyLinks(connection: Connection): Promise<{ links: number; problems: Problem[] }> {
  const count = await connection.query<{ count: bigint }>('select count(*) from links');
  const { rows } = await connection.query<Problem>(
    `select 'record-without-a-child' as code, 'record ' || r.stream as where from records r
      where not r.only_if_known
        and not exists (select from links l where l.record = r.stream and l.known_to = 'infinity')
     union all
     select 'links-overlap', 'record ' || a.record from links a join links b
         on a.record = b.record and a.id < b.id
        and a.known_from < b.known_to and b.known_from < a.known_to
        and a.valid_from < b.valid_to and b.valid_from < a.valid_to
     union all
     -- By rule nobody is linked to a child whose own number is another; a person may decide so.
     select distinct 'two-people-on-one-child', 'child ' || a.child
       from links a
       join claims ca on ca.record = a.record and ca.kind in ('nhs', 'pnc', 'upn')
       join links b on b.child = a.child and b.known_to = 'infinity' and b.method in ('exact', 'own')
       join claims cb on cb.record = b.record and cb.kind = ca.kind and cb.value_hash <> ca.value_hash
      where a.known_to = 'infinity' and a.method in ('exact', 'own') and a.record <> b.record
        and ca.stated_at = (select max(stated_at) from claims where record = a.record and kind = ca.kind)
        and cb.stated_at = (select max(stated_at) from claims where record = b.record and kind = cb.kind)`,
  );
  return { links: Number(count.rows[0]?.count ?? 0n), problems: rows };
}

function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}
