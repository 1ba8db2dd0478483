import type { Database } from '../database/pool.js';

/** A notice, as far as its causes are looked up. */
export interface Caused {
  readonly id: string;
  readonly child: string;
  /** Keyed hashes of facts. */
  readonly causes: readonly string[];
}

/** Every version of the facts that brought notices about, of the child as linked now. Sealed until somebody may see it. */
export interface CauseRow {
  readonly notice: string;
  readonly key: string;
  readonly record: string;
  readonly fact: string;
  readonly type: string;
  readonly agency: string;
  readonly system: string;
  readonly category: string;
  readonly handling: string;
  readonly occurred_at: string;
  readonly precision: 'instant' | 'date';
  readonly received_at: string;
  readonly recorded_at: string;
  readonly stated_at: string;
  readonly receipt: string;
  readonly position: bigint;
  readonly supersedes: string | null;
  readonly superseded_by: string | null;
  readonly superseded_at: string | null;
  readonly withdrawn_by: string | null;
  readonly withdrawn_at: string | null;
  readonly historic: boolean;
  readonly history: boolean;
  readonly key_id: string;
  readonly sealed: Buffer;
}

/** By notice. A fact that went over to another child is none of this one's any more, and left out. */
export async function causeRows(database: Database, notices: readonly Caused[]): Promise<Map<string, CauseRow[]>> {
  if (notices.length === 0) return new Map();
  const { rows } = await database.query<CauseRow>({
    name: 'notice causes',
    text: `
      select n.id as notice, t.*
      from unnest($1::uuid[], $2::uuid[], $3::text[]) as n (id, child, causes)
      join links l on l.child = n.child and l.known_to = 'infinity'
      join timeline t on t.record = l.record and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
        and t.fact = any(string_to_array(n.causes, ' '))
      order by t.position`,
    values: [
      notices.map(({ id }) => id),
      notices.map(({ child }) => child),
      notices.map(({ causes }) => causes.join(' ')),
    ],
  });
  return Map.groupBy(rows, ({ notice }) => notice);
}
