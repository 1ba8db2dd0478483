import type { NoticesRow } from '../../../libs/duties/notices.projection.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { ChildInSight } from '../duties/in-sight.js';

type Row = Pick<
  NoticesRow,
  | 'key'
  | 'record'
  | 'capability'
  | 'kind'
  | 'thread'
  | 'to_agency'
  | 'to_role'
  | 'to_place'
  | 'possible'
  | 'reminder'
  | 'causes'
  | 'state'
  | 'raised_at'
  | 'ended_at'
>;

interface AcknowledgedRow extends Row {
  /** Who said first that they have it, and when. */
  readonly by: string | null;
  readonly at: string | null;
}

/** That somebody was told, of what they were told by its kind alone. */
export interface Told extends Omit<AcknowledgedRow, 'causes'> {
  /** Those that the looker sees. */
  readonly causes: readonly string[];
}

/**
 * Who was told of these children, oldest first: notices of whose causes the looker sees every one, and those that follow from the ones
 * that they see, whatever hidden has joined them.
 */
export async function toldInSight(
  database: Database,
  children: ReadonlyMap<string, ChildInSight>,
): Promise<ReadonlyMap<string, readonly Told[]>> {
  if (children.size === 0) return new Map();
  const { rows } = await database.query<AcknowledgedRow>({
    name: 'told of children',
    text: `
      select key, record, capability, kind, thread, to_agency, to_role, to_place, possible, reminder, causes, state, raised_at, ended_at,
        k.name as by, k.at
      from notices n
      left join lateral (
        select name, at from notice_acknowledged where notice = n.key order by at, who limit 1) k on true
      where record = any($1::uuid[]) order by position`,
    values: [[...children.keys()]],
  });
  const sights = new Map([...children].map(([id, seen]) => [id, sightOf(seen)]));
  const told = rows.flatMap((row): Told[] => {
    const causes = sights.get(row.record)?.(row);
    return causes ? [{ ...row, causes }] : [];
  });
  return Map.groupBy(told, ({ record }) => record);
}

/** What a looker sees of the causes of a notice; undefined where they are not to know of it. */
function sightOf(seen: ChildInSight): (row: Row) => readonly string[] | undefined {
  const readable = new Set(seen.facts.map(({ fact }) => fact));
  return (row) => {
    const all = row.causes.split(' ');
    const causes = all.filter((cause) => readable.has(cause));
    if (causes.length === all.length) return causes;
    const follows = seen.derived(row.capability).notices.some(({ kind, to, causes: those }) => {
      const { agency, role, place = '' } = to;
      const addressed = agency === row.to_agency && role === row.to_role && place === row.to_place;
      return kind === row.kind && addressed && those.some((cause) => causes.includes(cause));
    });
    return follows ? causes : undefined;
  };
}
