import type { Rules } from '../../../libs/kernel/rules.js';
import { viewsOf, type ViewParts } from '../children/child-view.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import { loopParts } from '../loop/child-loop.js';
import type { EpisodeInSight, LoopParts } from '../loop/episodes-in-sight.js';
import type { Looker } from '../looks/looker.js';
import { readPlaces } from './place-rows.js';
import { highestFirst, interviewsIn, missingIn, soonestFirst } from './rows-in-sight.js';

/** A child on the board about missing, as Today names it. */
interface OfChild {
  readonly child: { readonly id: string; readonly name: string };
  /** The looker holds or covers the case. */
  readonly own: boolean;
  readonly one: EpisodeInSight;
}

export interface LoopsToday {
  readonly missing: readonly OfChild[];
  readonly interviews: readonly (OfChild & { readonly due: DutyInSight })[];
}

/** Who is missing now and which interviews are due, by what this looker sees: the rows of their board. `at`: RFC 3339. */
export async function loopsToday(
  parts: ViewParts & { readonly rules: Rules },
  looker: Looker,
  at: string,
): Promise<LoopsToday> {
  const places = await readPlaces(parts.database, ['missing-now', 'interviews-due']);
  const children = await loopParts(parts, looker, [...new Set(places.map(({ child }) => child))], at);
  const rows = [...children.values()].map((of) => ({ of, missing: missingIn(of), interviews: interviewsIn(of) }));
  const shown = rows.filter(({ missing, interviews }) => missing.length + interviews.length > 0);
  const views = await viewsOf(
    shown.map(({ of }) => of.seen.known.row),
    looker,
    parts,
  );
  const names = new Map(views.map(({ id, name }) => [id, name ?? 'Name not known']));
  const whose = ({ seen: { known } }: LoopParts) => ({
    child: { id: known.row.id, name: names.get(known.row.id) ?? 'Name not known' },
    own: known.viewer.holdsCase === true,
  });
  return {
    missing: shown
      .flatMap(({ of, missing }) => missing.map((one) => ({ one, ...whose(of) })))
      .toSorted((one, other) => highestFirst(one.one, other.one)),
    interviews: shown
      .flatMap(({ of, interviews }) => interviews.map((row) => ({ ...row, ...whose(of) })))
      .toSorted(soonestFirst),
  };
}
