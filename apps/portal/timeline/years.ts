import type { Agency } from '../../../libs/kernel/agency.js';
import { agencies, isAgency } from '../../../libs/kernel/agency.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { nowOrThen, rowsSeen, seenValues, type Seen } from './timeline-rows.js';

/** How much happened in one month, of what the viewer sees in full. */
export interface Month {
  readonly agency: Agency;
  /** `YYYY-MM`, in London. */
  readonly month: string;
  readonly entries: number;
}

/** The whole childhood at a glance, whatever page and filter. */
export interface Years {
  /** Agencies in their order, months from the first. */
  readonly months: readonly Month[];
  /** Entries recorded after the look before. */
  readonly fresh: number;
}

/** `after`: the position of the log at the look before; undefined: nothing is new. */
export async function readYears(database: Database, seen: Seen, after?: string): Promise<Years> {
  const { rows } = await database.query<{ agency: string; month: string; entries: number; fresh: number }>({
    name: `timeline years ${nowOrThen(seen)}`,
    text: `
      select t.agency, to_char(t.occurred_at at time zone 'Europe/London', 'YYYY-MM') as month, count(*)::integer as entries,
             (count(*) filter (where t.position > $6::bigint))::integer as fresh
      ${rowsSeen(seen)} group by 1, 2 order by 2`,
    values: [...seenValues(seen), after ?? null],
  });
  const months = rows.flatMap(({ agency, month, entries }) => (isAgency(agency) ? [{ agency, month, entries }] : []));
  return {
    months: months.sort(
      (a, b) => agencies.indexOf(a.agency) - agencies.indexOf(b.agency) || (a.month < b.month ? -1 : 1),
    ),
    fresh: rows.reduce((sum, { fresh }) => sum + fresh, 0),
  };
}
