import { notFound } from '../../../libs/platform/problems/problem.js';
import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { readEntries, sighted, type EntryParts, type Sighted } from '../timeline/child-entries.js';

export interface EntryInSight {
  readonly sight: Sighted;
  readonly entry: TimelineEntry;
}

/** An entry that stands and that this looker sees in full. Anything else is the same 404, written down alike. */
export async function entryInSight(
  parts: EntryParts & { readonly looks: Looks },
  looker: Looker,
  child: string,
  id: string,
  what: string,
): Promise<EntryInSight> {
  const sight = await sighted(parts.database, looker, child);
  const [entry] = sight
    ? await readEntries(parts, { seen: sight.seen, filter: {}, only: { entries: [id] }, limit: 1 })
    : [];
  if (sight && entry?.state === 'current') return { sight, entry };
  await parts.looks.record(looker, { what, child, outcome: 'not-found', details: {} });
  throw notFound();
}
