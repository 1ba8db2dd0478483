import type { DueRule, Forum } from '../../../libs/meetings/forum.js';
import type { Period } from '../../../libs/meetings/period.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { rowsSeen, seenValues, type Seen } from '../timeline/timeline-rows.js';

const CHANGED_MOST = 60;

/** Children who may be due at a forum: whoever stands on its boards, was reported since, or has an action that is open. */
export async function candidates(database: Database, { kind, due }: Forum, { since }: Period): Promise<string[]> {
  const { rows } = await database.query<{ child: string }>({
    name: 'meeting candidates',
    text: `
      select child from board_places where board = any($1)
      union
      select l.child from timeline t join links l on l.record = t.record and l.known_to = 'infinity'
        and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
      where t.type = any($2) and t.recorded_at > $3 and t.superseded_at is null and t.withdrawn_at is null
      union
      select record from duties where kind = 'meeting-action' and state in ('open', 'overdue') and details::jsonb ->> 'forum' = $4`,
    values: [due.flatMap(boardOf), due.flatMap(recordedOf), since, kind],
  });
  return rows.map(({ child }) => child);
}

/** Of what somebody sees in full of a child: the entries that hold and were recorded in this time, newest first. */
export async function changedEntries(
  database: Database,
  seen: Seen,
  { since, until }: Period,
  without: readonly string[],
): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>({
    name: 'meeting changed',
    text: `
      select t.key ${rowsSeen(seen)}
        and t.superseded_at is null and t.withdrawn_at is null and not t.historic and not t.history
        and t.recorded_at > $6 and ($7::timestamptz is null or t.recorded_at <= $7) and not t.type = any($8)
      order by t.occurred_at desc, t.position desc limit $9`,
    values: [...seenValues(seen), since, until ?? null, without, CHANGED_MOST],
  });
  return rows.map(({ key }) => key);
}

/** The kinds of every version there ever was of these facts. */
export async function kindsOfFacts(database: Database, records: readonly string[], facts: readonly string[]) {
  const { rows } = await database.query<{ fact: string; agency: string; category: string; handling: string }>({
    name: 'meeting kinds',
    text: `select distinct fact, agency, category, handling from timeline where record = any($1) and fact = any($2)`,
    values: [records, facts],
  });
  return Map.groupBy(rows, ({ fact }) => fact);
}

const boardOf = (rule: DueRule): string[] => ('board' in rule ? [rule.board] : []);
const recordedOf = (rule: DueRule): readonly string[] => ('recorded' in rule ? rule.recorded : []);
