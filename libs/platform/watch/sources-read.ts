import type { Database } from '../database/pool.js';

/** Counts of one system's messages. */
export interface SourceCounts {
  readonly system: string;
  /** When the newest came, RFC 3339. */
  readonly latest: string;
  /** Today in London, by what became of them or of part of them. */
  readonly received: number;
  readonly recorded: number;
  readonly held: number;
  readonly quarantined: number;
}

/** What came today. `since`: the start of the day in London, RFC 3339. Counts messages: says nothing of a child. */
export async function countToday(
  database: Database,
  systems: readonly string[],
  since: string,
): Promise<SourceCounts[]> {
  const { rows } = await database.query<SourceCounts>({
    name: 'sources today',
    text: `
      select r.system, max(r.received_at) as latest, count(*)::integer as received,
        count(*) filter (where r.status in ('recorded', 'partly-recorded'))::integer as recorded,
        count(*) filter (where r.status in ('held', 'partly-recorded') and r.outcomes @> '[{"outcome": "held"}]')::integer as held,
        count(*) filter (where r.status in ('quarantined', 'partly-recorded')
          and r.outcomes @> '[{"outcome": "quarantined"}]')::integer as quarantined
      from unnest($1::text[]) s (system)
      -- The watch notes where a day begins in the order of arrival: there is no index on times, which the doors would pay for.
      join receipts r on r.system = s.system
        and r.seq > coalesce((select case when day = ($2::timestamptz at time zone 'Europe/London')::date then day_seq else seq_before end from watch), 0)
      where r.received_at >= $2
      group by r.system`,
    values: [systems, since],
  });
  return rows;
}

/** When the oldest message was received that waits to be translated, by system. RFC 3339. */
export async function oldestWaiting(database: Database): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ system: string; at: string }>({
    name: 'sources oldest',
    text: `select r.system, min(r.received_at) as at from queue
           cross join lateral (select system, received_at from receipts where id = queue.receipt offset 0) as r group by r.system`,
  });
  return new Map(rows.map(({ system, at }) => [system, at]));
}

/** What waits for a person or to be placed, by the reason's code; at most `most` of each list are looked at. */
export async function waitingByReason(
  database: Database,
  most: number,
): Promise<{ system: string; status: string; reason: string; messages: number }[]> {
  const { rows } = await database.query<{ system: string; status: string; reason: string; messages: number }>({
    name: 'waiting by reason',
    text: `
      select r.system, o.part ->> 'outcome' as status, coalesce(o.part ->> 'reason', '') as reason,
        count(distinct r.id)::integer as messages
      from (select * from receipts where waits_as is not null order by seq desc limit $1) r
      cross join lateral jsonb_array_elements(r.outcomes) o (part)
      where o.part ->> 'outcome' in ('held', 'quarantined')
      group by 1, 2, 3 order by 2 desc, 1, 3`,
    values: [most],
  });
  return rows;
}
