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

export interface AcknowledgedRow extends Row {
  /** Who said first that they have it, and when. */
  readonly by: string | null;
  readonly at: string | null;
}

/** That somebody was told, of what they were told by its kind alone. */
export interface Told extends Omit<AcknowledgedRow, 'causes'> {
  /** Those that the looker sees. */
  readonly causes: readonly string[];
}

/** Who was told of these children, of what the looker may know of that, oldest first. */
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
  const byChild = Map.groupBy(rows, ({ record }) => record);
  return new Map([...children].map(([id, seen]) => [id, toldOf(byChild.get(id) ?? [], seen)]));
}

/**
 * Of what was told of one child, what a looker may know: notices of whose causes they see every one, and those that follow from the ones
 * that they see, whatever hidden has joined them. A reminder or an offer stands for as long as something is owed: of another agency's
 * they know where they see whatever can end that. That it is over is said
 * to whoever sees all that may have ended it, and where what they see does not ask for it any more: else it was told, and stays told.
 */
export function toldOf(rows: readonly AcknowledgedRow[], seen: ChildInSight): Told[] {
  const readable = new Set(seen.facts.map(({ fact }) => fact));
  const causesOf = (row: Row): string[] => row.causes.split(' ').filter((cause) => readable.has(cause));
  const standing = rows.filter(({ state }) => state === 'told');
  return rows.flatMap((row): Told[] => {
    const causes = causesOf(row);
    if (causes.length < row.causes.split(' ').length && !follows(row, causes, seen)) return [];
    if (row.to_agency === seen.known.viewer.agency) return [{ ...row, causes }];
    if (row.reminder && !seen.seesEndOf(row.capability, row.kind)) return [];
    const again = (): boolean => standing.some((other) => isSame(other, row) && share(causesOf(other), causes));
    const stands = !seen.seesAllOf(row.capability) || (follows(row, causes, seen) && !again());
    return [{ ...row, causes, ...(stands ? { state: 'told', ended_at: null } : {}) }];
  });
}

/** It is to be told by what the looker sees, too. */
function follows(row: Row, causes: readonly string[], seen: ChildInSight): boolean {
  return seen.derived(row.capability).notices.some(({ kind, to: { agency, role, place = '' }, causes: those }) => {
    const same = isSame(row, { kind, to_agency: agency, to_role: role, to_place: place });
    return same && share(those, causes);
  });
}

type Addressed = Pick<Row, 'kind' | 'to_agency' | 'to_role' | 'to_place'>;

function isSame(one: Addressed, other: Addressed): boolean {
  const { kind, to_agency, to_role, to_place } = other;
  return one.kind === kind && one.to_agency === to_agency && one.to_role === to_role && one.to_place === to_place;
}

const share = (one: readonly string[], other: readonly string[]): boolean => one.some((cause) => other.includes(cause));
