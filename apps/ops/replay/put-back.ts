import type { Database } from '../../../libs/platform/database/pool.js';

export interface Replay {
  readonly system: string;
  /** How far back, by when the hub received them. */
  readonly days: number;
  readonly who: string;
}

/**
 * Puts a system's kept messages back to be translated again, and notes who did so; answers how many. Not what is still
 * waiting or withdrawn, nor what an operator closed: nothing more was to come of that. Nor what is erased or about to be.
 */
export async function putBack(database: Database, { system, days, who }: Replay): Promise<number> {
  const { rowCount } = await database.query(
    `with put as (
       update receipts r set status = 'received'
        where r.system = $1 and r.received_at > now() - make_interval(secs => $2 * 86400.0)
          and r.status not in ('received', 'withdrawn')
          and not r.outcomes @> '[{"reason": "retention"}]'
          and exists (select from messages m where m.receipt = r.id)
          and not exists (select from erasures e where r.id = any(e.receipts))
          and not exists (
            select from (select distinct on (receipt) receipt, action from receipt_actions order by receipt, id desc) a
             where a.receipt = r.id and a.action = 'close')
       returning r.id
     )
     insert into receipt_actions (receipt, action, reason, who)
     select id, 'replay', 'replay of ' || $1 || ', ' || $2 || ' days', $3 from put`,
    [system, String(days), who],
  );
  return rowCount ?? 0;
}
