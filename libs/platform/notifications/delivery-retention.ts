import type { Database } from '../database/pool.js';

/** Messages can be sent again for so long, and no longer: what is kept for that alone goes then. */
export const KEPT_MS = 90 * 86_400_000;

const BATCH = 1_000;

/**
 * Deletes from the queues what is older than a replay reaches, whatever became of it: what did not arrive in that time has stood
 * on the team manager's sheet since its first day. That a notice arrived stays written down for as long as it stands, so that a
 * mistake found late is taken back wherever it went. Then the endpoints that were removed and have none left, with their secrets.
 * In batches, beside senders and other runs. `now`: milliseconds since the epoch. Returns how many messages.
 */
export async function pruneDeliveries(database: Database, now: number): Promise<number> {
  const before = new Date(now - KEPT_MS).toISOString();
  let pruned = 0;
  for (let some = BATCH; some === BATCH;) {
    const { rowCount } = await database.query(
      `delete from webhook_deliveries where seq in (
         select d.seq from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint
         where d.created_at < $1 and not (d.state = 'delivered' and d.event = 'raised' and e.state <> 'deleted'
           and exists (select from notices n where n.key = d.notice and n.state = 'told'))
         order by d.created_at limit $2 for update of d skip locked)`,
      [before, BATCH],
    );
    some = rowCount ?? 0;
    pruned += some;
  }
  await database.query(
    `delete from webhook_endpoints e where e.state = 'deleted'
       and not exists (select from webhook_deliveries d where d.endpoint = e.id)`,
  );
  return pruned;
}
