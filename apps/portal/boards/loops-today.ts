import { reachOf } from '../../../libs/disclosure/reach.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import { listToday, type Sheet } from '../duties/list-today.js';
import type { Sight } from '../duties/sight.js';
import { loopParts } from '../loop/child-loop.js';
import type { EpisodeInSight } from '../loop/episodes-in-sight.js';
import { readPlaces } from './place-rows.js';
import { highestFirst, interviewsWanted, isInterviewDue, missingIn, soonestFirst } from './rows-in-sight.js';

/** A child on the board about missing, as Today names it. */
interface OfChild {
  readonly child: { readonly id: string; readonly name: string };
  /** The looker holds or covers the case. */
  readonly own: boolean;
}

export interface LoopsToday {
  readonly missing: readonly (OfChild & { readonly one: EpisodeInSight })[];
  readonly interviews: readonly (OfChild & { readonly due: DutyInSight; readonly events: readonly string[] })[];
  /** Of the interviews the board has more. */
  readonly moreInterviews: boolean;
}

/** Who is missing now, all of them, and which interviews are due first, by what this looker sees: the rows of their board. */
export async function loopsToday(sight: Sight, sheet: Sheet): Promise<LoopsToday> {
  const { looker, at } = sight;
  const children = await readPlaces(sight.parts.database, 'missing-now', reachOf(looker.viewer, looker.purpose));
  const parts = await loopParts(sight, children);
  const missing = [...parts.values()].flatMap((of) => missingIn(of).map((one) => ({ id: of.seen.child.id, one })));
  const { duties, more } = await listToday(sight, interviewsWanted(at), sheet, isInterviewDue);
  const shown = [...missing.map(({ id }) => id), ...duties.map(({ child }) => child)];
  const [known, views] = [await sight.known(shown), await sight.views(shown)];
  const whose = (id: string): OfChild => ({
    child: { id, name: views.get(id)?.name ?? 'Name not known' },
    own: known.get(id)?.viewer.holdsCase === true,
  });
  return {
    missing: missing
      .toSorted((one, other) => highestFirst(one.one, other.one))
      .map(({ id, one }) => ({ one, ...whose(id) })),
    interviews: (
      await Promise.all(duties.map(async (due) => ({ due, events: await sight.restingOn([due]), ...whose(due.child) })))
    ).toSorted(soonestFirst),
    moreInterviews: more,
  };
}
