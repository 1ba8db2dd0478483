import type { Database } from '../../../libs/platform/database/pool.js';
import { knownAmong, type KnownChild } from '../children/known-child.js';
import { daily, type Looker } from '../looks/looker.js';
import { kindsSeen, readKinds, type KindsSeen } from './kinds.js';
import { laterChildren, type Seen } from './timeline-rows.js';

/** What this looker sees of a child they may know of: enough to query its entries by, and what is said to be withheld. */
export async function seenBy(
  database: Database,
  { row, viewer }: KnownChild,
  looker: Looker,
  asKnownAt?: string,
): Promise<Omit<KindsSeen, 'full'> & { readonly seen: Seen }> {
  const all = await readKinds(database, row.id, asKnownAt);
  const { full, ...told } = kindsSeen(viewer, looker.purpose, all);
  const later = asKnownAt === undefined ? [] : await laterChildren(database, row.id);
  const others = {
    children: await knownAmong(database, daily(looker), later),
    // Whoever holds this child's case does not hold theirs.
    kinds: later.length === 0 ? [] : kindsSeen(daily(looker).viewer, daily(looker).purpose, all).full,
  };
  return { ...told, seen: { child: row.id, kinds: full, others, ...(asKnownAt === undefined ? {} : { asKnownAt }) } };
}
