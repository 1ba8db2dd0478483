import { reachOf } from '../../../libs/disclosure/reach.js';
import type { DutyInSight } from './duties-in-sight.js';
import { readRaisedPage, type PageOfRaised, type Place } from './raised-page.js';
import type { Sight } from './sight.js';

/** So many are read at once, however many are left out. */
const MOST_AT_ONCE = 1_000;

export interface ListedDuties {
  readonly duties: readonly DutyInSight[];
  /** Where the next page begins: only where it holds something that the looker sees. */
  readonly next?: Place;
}

/**
 * The first `limit` duties in this order that the looker may know of and that fit. The list is cut before anything is folded, and read
 * on where too little of it is for this looker: that there is more is said of what they see, and of nothing else.
 */
export async function listDuties(
  sight: Sight,
  wanted: Omit<PageOfRaised, 'reach' | 'ownKinds' | 'limit'>,
  limit: number,
  fits: (duty: DutyInSight) => boolean,
): Promise<ListedDuties> {
  const { viewer, purpose } = sight.looker;
  const reach = reachOf(viewer, purpose);
  // What they are not shown is left out before any child is folded for it.
  const ownKinds = { kinds: sight.ownKinds, agency: viewer.agency };
  const found: { readonly one: DutyInSight; readonly place: Place }[] = [];
  let after = wanted.after;
  for (let size = limit + 1; found.length <= limit; size = Math.min(2 * size, MOST_AT_ONCE)) {
    const rows = await readRaisedPage(sight.parts.database, {
      ...wanted,
      ...(after ? { after } : {}),
      reach,
      ownKinds,
      limit: size,
    });
    const duties = await sight.duties(rows.map(({ record }) => record));
    const views = wanted.team === undefined ? undefined : await sight.views([...duties.keys()]);
    for (const { key, record, place } of rows) {
      const one = duties.get(record)?.find(({ id }) => id === key);
      // Whose team it is is told to whoever sees the allocation.
      if (views && views.get(record)?.team !== wanted.team) continue;
      if (one && fits(one)) found.push({ one, place });
    }
    if (rows.length < size) break;
    after = rows.at(-1)?.place;
  }
  const listed = found.slice(0, limit);
  const last = found.length > limit ? listed.at(-1) : undefined;
  return { duties: listed.map(({ one }) => one), ...(last ? { next: last.place } : {}) };
}
