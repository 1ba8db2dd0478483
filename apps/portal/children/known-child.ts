import { forChild } from '../../../libs/disclosure/decide.js';
import { mayKnow, reachOf } from '../../../libs/disclosure/reach.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';
import { liveGrant } from '../../../libs/platform/break-glass/grants.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { Looker } from '../looks/looker.js';
import { readChild, readChildren, type ChildRow } from './child-rows.js';

export interface KnownChild {
  readonly row: ChildRow;
  /** The viewer as they stand towards this child. */
  readonly viewer: Viewer;
}

/** Of these children, those that this looker may know of. */
export async function knownAmong(database: Database, looker: Looker, ids: readonly string[]): Promise<string[]> {
  // An emergency is one child's: of no other, it says anything.
  if (looker.purpose === 'emergency') return [];
  const rows = ids.length === 0 ? [] : await readChildren(database, ids);
  return rows.filter((row) => isKnown(row, looker)).map(({ id }) => id);
}

/** Of these children, those that this looker may know of, each with the viewer as they stand towards it. */
export async function knownChildren(database: Database, looker: Looker, ids: readonly string[]): Promise<KnownChild[]> {
  const rows = ids.length === 0 ? [] : await readChildren(database, ids);
  return rows
    .filter((row) => isKnown(row, looker))
    .map((row) => ({ row, viewer: forChild(looker.viewer, allocatedTo(row), coveredBy(row)) }));
}

/** The child, if this looker may know of it; undefined alike when there is none. `id` is a UUID. */
export async function knownChild(database: Database, looker: Looker, id: string): Promise<KnownChild | undefined> {
  // Asked again each time: what has been ended, has run out, or is another child's opens nothing.
  if (looker.purpose === 'emergency' && !(await liveGrant(database, looker.viewer, id))) return undefined;
  const row = await readChild(database, id, reachOf(looker.viewer, looker.purpose));
  if (!row || !isKnown(row, looker)) return undefined;
  return { row, viewer: forChild(looker.viewer, allocatedTo(row), coveredBy(row)) };
}

function isKnown(row: ChildRow, { viewer, purpose }: Looker): boolean {
  const agenciesWithRecords = row.records.map(({ agency }) => agency);
  return mayKnow(viewer, purpose, { allocatedTo: allocatedTo(row), agenciesWithRecords });
}

const coveredBy = ({ covers }: ChildRow): string[] => covers.map(({ worker }) => worker);
const allocatedTo = ({ holders }: ChildRow): string[] => holders.map(({ worker }) => worker);
