import type { Database } from '../../database/pool.js';

/** Messages of one system and format that could not be recorded for one reason. */
export interface Group {
  readonly system: string;
  readonly format: string;
  /** Reason code. */
  readonly reason: string;
}

export interface CountedGroup extends Group {
  /** Quarantined, or recorded but for the parts in question. */
  readonly waiting: number;
  /** Put back to be tried again, and not settled yet. */
  readonly retrying: number;
  /** When the oldest of them was received, RFC 3339. */
  readonly oldest: string;
}

/** As the partial index has it: every message with an open part is among these. */
export const OPEN = 'waits_as is not null';

/** SQL: a receipt `r` of the group that stands in the parameters from `$first`: system, format, reason. */
export function inGroup(first: number): string {
  return `r.system = $${first} and r.format = $${first + 1} and r.outcomes @>
    jsonb_build_array(jsonb_build_object('outcome', 'quarantined', 'reason', $${first + 2}::text))`;
}

/** Every group there is, the largest first. A message with several reasons is in several groups. */
export async function countGroups(database: Database): Promise<CountedGroup[]> {
  // What is tried again keeps the outcomes of its last time until it has new ones.
  const { rows } = await database.query<CountedGroup>({
    name: 'quarantine groups',
    text: `
      select r.system, r.format, coalesce(o.part ->> 'reason', '') as reason, min(r.received_at) as oldest,
        (count(distinct r.id) filter (where r.status <> 'received'))::integer as waiting,
        (count(distinct r.id) filter (where r.status = 'received'))::integer as retrying
      from (
        select * from receipts where ${OPEN}
        union all
        select again.* from queue cross join lateral (select * from receipts where id = queue.receipt offset 0) as again
         where queue.attempts > 0 and again.status = 'received'
      ) r
      cross join lateral jsonb_array_elements(r.outcomes) o (part)
      where o.part ->> 'outcome' = 'quarantined'
      group by 1, 2, 3 order by 5 desc, 6 desc, 1, 2, 3`,
  });
  return rows;
}
