import { isAgency } from '../../../libs/kernel/agency.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { Reached, Recorded } from '../../../libs/timeline/shown.fold.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import { EARLIER, nowOrThen, rowsSeen, seenValues, type Seen } from '../timeline/timeline-rows.js';

/** Every entry that had been recorded of the child and that the viewer sees in full, newest first; no content. */
export async function readRecorded(database: Database, seen: Seen): Promise<Recorded[]> {
  const { rows } = await database.query<{ entry: string; agency: string; received_at: string }>({
    name: `recorded ${nowOrThen(seen)}`,
    text: `select t.key as entry, t.agency, t.received_at ${rowsSeen(seen)} order by t.occurred_at desc, t.position desc`,
    values: seenValues(seen),
  });
  return rows.flatMap(({ entry, agency, received_at: receivedAt }) =>
    isAgency(agency) ? [{ entry, agency, receivedAt }] : [],
  );
}

/** The same rows with their content, of these ids, newest first. */
export async function readRows(database: Database, seen: Seen, ids: readonly string[]): Promise<TimelineRow[]> {
  const { rows } = await database.query<TimelineRow>({
    name: `recorded rows ${nowOrThen(seen)}`,
    text: `select t.*, ${EARLIER} as supersedes ${rowsSeen(seen)} and t.key = any($6::uuid[]) order by t.occurred_at desc, t.position desc`,
    values: [...seenValues(seen), ids],
  });
  return rows;
}

// An entry may have been shown as another child's, before its record was found to be this one's.
const CHILDREN = `select distinct o.child from links l join links o on o.record = l.record where l.child = $1`;

/** Operations by which the hub told of its own accord what nobody had asked for. */
const notices = ['inbox.read', 'notifications.read', 'notice.delivered'];

/** What reached whom by an instant, from the audit of looks: of these entries only. As arrays, so that both indexes serve: `in` would read the whole audit. */
export async function readReached(
  database: Database,
  child: string,
  ids: readonly string[],
  by: string,
): Promise<Reached[]> {
  const { rows } = await database.query<Reached>({
    name: 'reached by looks',
    text: `
      select s.entry, a.agency, case when a.what = any($4::text[]) then 'notice' else 'look' end as how, a.purpose, min(a.at) as first, max(a.at) as last, count(*)::integer as times
      from audit a cross join lateral unnest(a.shown) as s (entry)
      where (a.child = any(array(${CHILDREN})) or (a.child is null and a.details -> 'children' ?| array(select child::text from (${CHILDREN}) as c)))
        and a.outcome = 'shown' and a.at <= $3 and s.entry = any($2::uuid[])
      group by s.entry, a.agency, 3, a.purpose`,
    values: [child, ids, by, notices],
  });
  return rows;
}

/** Looks at this child's entries from before looks said which entries they showed. */
export async function countUnattributed(database: Database, child: string, by: string): Promise<number> {
  const { rows } = await database.query<{ looks: number }>({
    name: 'unattributed looks',
    text: `
      select count(*)::integer as looks from audit a
      where a.child = $1 and a.what = 'timeline.read' and a.outcome = 'shown' and a.at <= $2 and cardinality(a.shown) = 0
        and (a.details ->> 'entries')::integer > 0`,
    values: [child, by],
  });
  return rows[0]?.looks ?? 0;
}
