import { HUB_SYSTEM } from '../../../kernel/agency.js';
import type { ReceiptStatus } from '../../../kernel/intake.js';
import type { Database } from '../../database/pool.js';

/** The newest so many messages of a system are counted, and no more. */
export const MOST_COUNTED = 50_000;

/** How many of a system's messages came to what, as their publisher may see it. */
export interface ReceiptCounts {
  readonly byStatus: readonly { readonly status: ReceiptStatus; readonly messages: number }[];
  /** A message with several reasons is counted with each. */
  readonly byReason: readonly { readonly outcome: string; readonly reason: string; readonly messages: number }[];
}

/** The systems that have published for an agency, by name. From the first and next of an index: the messages are not read. */
export async function systemsOf(database: Database, agency: string): Promise<string[]> {
  const { rows } = await database.query<{ system: string }>({
    name: 'systems of agency',
    text: `
      with recursive known as (
        (select system, agency from receipts order by system, seq limit 1)
        union all
        select next.system, next.agency from known cross join lateral (
          select system, agency from receipts r where r.system > known.system order by system, seq limit 1) next
      )
      select system from known where agency = $1 and system <> $2 order by system`,
    values: [agency, HUB_SYSTEM],
  });
  return rows.map(({ system }) => system);
}

/** Received at or after `since` (RFC 3339), among the newest `MOST_COUNTED`. */
export async function countReceipts(database: Database, system: string, since: string): Promise<ReceiptCounts> {
  const newest = `(select * from (select * from receipts where system = $1 order by seq desc limit ${MOST_COUNTED}) n
                   where n.received_at >= $2)`;
  const byStatus = await database.query<ReceiptCounts['byStatus'][number]>({
    name: 'receipts by status',
    text: `select shown_status as status, count(*)::integer as messages from ${newest} r group by 1 order by 2 desc, 1`,
    values: [system, since],
  });
  // As `shownOutcomes`: what is discreet counts as held, with the reason that is shown instead.
  const byReason = await database.query<ReceiptCounts['byReason'][number]>({
    name: 'receipts by reason',
    text: `
      select outcome, reason, count(distinct id)::integer as messages from (
        select r.id, case when o.part ? 'discreet' then 'held' else o.part ->> 'outcome' end as outcome,
          coalesce(o.part -> 'discreet' ->> 'code', o.part ->> 'reason') as reason
        from ${newest} r cross join lateral jsonb_array_elements(r.outcomes) o (part)) shown
      where reason is not null group by 1, 2 order by 3 desc, 1, 2`,
    values: [system, since],
  });
  return { byStatus: byStatus.rows, byReason: byReason.rows };
}
