import type { Database } from '../../../libs/platform/database/pool.js';
import type { DutyRow } from '../../../libs/timeline/duty.projection.js';
import { HELD } from '../children/child-rows.js';

/** A fact a duty sheet may be built from, and the child it is linked to now. */
export interface ChildFact extends Omit<DutyRow, 'void_at' | 'record'> {
  readonly child: string;
}

/** Instants of the day in question, RFC 3339. */
export interface DutyDay {
  readonly now: string;
  /** Start of today in London, and of tomorrow. */
  readonly today: string;
  readonly tomorrow: string;
  /** When the duty day before ended: what came later is overnight. */
  readonly overnight: string;
}

const COLUMNS = 'd.key, d.kind, d.matter, d.agency, d.category, d.handling, d.at, d.precision, d.stated_at';
const LIVE = `l.known_to = 'infinity' and d.at >= l.valid_from and d.at < l.valid_to`;

/**
 * What may stand on a duty sheet: what is open or of today; of children whose case nobody has, also what began lately or is
 * to come. From indexes on kind and time: the childhoods behind are not read.
 */
export async function readDuty(database: Database, { now, today, tomorrow, overnight }: DutyDay): Promise<ChildFact[]> {
  const { rows } = await database.query<ChildFact>({
    name: 'duty facts',
    text: `
      with wanted as (
        select d.*, d.at >= $4 as anyway from duty d
          where d.kind = 'arrest' and d.at > $1::timestamptz - interval '14 days' and d.at <= $1 and d.void_at is null
        union all select d.*, d.at < $3 from duty d where d.kind = 'hearing' and d.at >= $2 and d.void_at is null
        union all select d.*, true from duty d
          where d.kind = 'appointment' and d.at >= $2 and d.at < $3 and d.void_at is null
        union all select d.*, false from duty d
          where d.kind = 'result' and d.at > $1::timestamptz - interval '28 days' and d.at <= $1 and d.void_at is null
        union all select d.*, d.at >= $4 from duty d where d.kind = 'received' and d.void_at is null and not exists (
          select from duty f where f.record = d.record and f.kind = 'released' and f.at >= d.at and f.void_at is null)
        union all select d.*, true from duty d
          where d.kind = 'released' and d.at >= $4 and d.at < $3 and d.void_at is null
      ), held as materialized (
        select distinct l.child from (${HELD.replaceAll('%records%', 'array(select record from caseload)')}) h
        join links l on l.record = h.record and l.known_to = 'infinity' and l.valid_from <= now() and l.valid_to > now()
      )
      select l.child, ${COLUMNS}
      from wanted d join links l on l.record = d.record and ${LIVE}
      where d.anyway or not exists (select from held where held.child = l.child)
      order by d.at, d.key`,
    values: [now, today, tomorrow, overnight],
  });
  return rows;
}

/** When the last case of each of these children was closed; absent for one that never had any. RFC 3339. */
export async function readClosed(
  database: Database,
  children: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ child: string; at: string }>({
    name: 'duty closed',
    text: `
      select l.child, max(c.since) as at from links l join caseload c on c.record = l.record
      where l.child = any($1::uuid[]) and l.known_to = 'infinity' and c.closed and c.void_at is null and c.since <= now()
      group by l.child`,
    values: [children],
  });
  return new Map(rows.map(({ child, at }) => [child, at]));
}
