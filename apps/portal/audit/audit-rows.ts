import { endOfDayLondon, startOfDayLondon } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { AuditFilter } from './audit-filter.js';

/** One look, without anything that was looked at. */
export interface LookRow {
  /** Its number in the chain. */
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly who: string;
  readonly agency: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  readonly what: string;
  readonly child: string | null;
  readonly outcome: string;
  /** How many entries were shown in full. */
  readonly entries: number;
  /** How many agencies were said to withhold something. */
  readonly withheld: number;
  readonly correlation: string;
  /** Exact place in the order, in microseconds since the epoch. */
  readonly place: string;
}

export interface LooksWanted {
  readonly filter: AuditFilter;
  /** A row's `place` and `id`: only what is older. */
  readonly after?: readonly [place: string, id: string];
  readonly limit: number;
}

/** Newest first. */
export async function readLooks(database: Database, { filter, after, limit }: LooksWanted): Promise<LookRow[]> {
  const { where, values } = conditions(filter);
  const value = (given: unknown): string => `$${values.push(given)}`;
  if (after)
    where.push(
      `(at, id) < (to_timestamp(0) + ${value(after[0])}::bigint * interval '1 microsecond', ${value(after[1])}::bigint)`,
    );
  // Not a prepared statement: which index serves depends on what is asked for.
  const { rows } = await database.query<LookRow>(
    `select id::text, at, who, agency, roles, purpose, what, child, outcome, cardinality(shown) as entries,
            case jsonb_typeof(details -> 'withheld') when 'array' then jsonb_array_length(details -> 'withheld') else 0 end as withheld,
            correlation_id as correlation, (extract(epoch from at) * 1000000)::bigint::text as place
       from audit ${where.length === 0 ? '' : `where ${where.join(' and ')}`}
      order by at desc, id desc limit ${value(limit)}`,
    values,
  );
  return rows;
}

/** A look at the child, or at a list in which the child stood: `parameter` is its id. */
export const sawChild = (parameter: string): string =>
  `(child = ${parameter}::uuid or (child is null and details -> 'children' ? ${parameter}::text))`;

function conditions({ child, who, day, purpose, outcome }: AuditFilter): { where: string[]; values: unknown[] } {
  const values: unknown[] = [];
  const equals = (column: string, given: string | undefined): string[] =>
    given === undefined ? [] : [`${column} = $${values.push(given)}`];
  const where = [
    ...(child === undefined ? [] : [sawChild(`$${values.push(child)}`)]),
    ...equals('who', who),
    ...equals('purpose', purpose),
    ...equals('outcome', outcome),
    ...(day === undefined
      ? []
      : [`at between $${values.push(startOfDayLondon(day))} and $${values.push(endOfDayLondon(day))}`]),
  ];
  return { where, values };
}
