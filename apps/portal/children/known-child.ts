import { forChild } from '../../../libs/disclosure/decide.js';
import { mayKnow } from '../../../libs/disclosure/reach.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { Looker } from '../looks/looker.js';
import { readChildren, type ChildRow } from './child-rows.js';

export interface KnownChild {
  readonly row: ChildRow;
  /** The viewer as they stand towards this child. */
  readonly viewer: Viewer;
}

/** The child, if this looker may know of it; undefined alike when there is none. `id` is a UUID. */
export async function knownChild(database: Database, looker: Looker, id: string): Promise<KnownChild | undefined> {
  const [row] = await readChildren(database, [id]);
  const allocatedTo = row?.holders.map(({ worker }) => worker) ?? [];
  const agenciesWithRecords = row?.records.map(({ agency }) => agency) ?? [];
  if (!row || !mayKnow(looker.viewer, looker.purpose, { allocatedTo, agenciesWithRecords })) return undefined;
  return { row, viewer: forChild(looker.viewer, allocatedTo) };
}
