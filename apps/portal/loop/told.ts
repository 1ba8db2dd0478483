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
  readonly causes: readonly string[];
}

/** Who was told of these children, oldest first: notices of whose causes the looker sees every one, and no others. */
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
  const told = rows.map((row): Told => ({ ...row, causes: row.causes.split(' ') }));
  const seen = new Map([...children].map(([id, { facts }]) => [id, new Set(facts.map(({ fact }) => fact))]));
  return Map.groupBy(
    told.filter(({ record, causes }) => causes.every((cause) => seen.get(record)?.has(cause))),
    ({ record }) => record,
  );
}
