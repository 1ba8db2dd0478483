import type { Sight } from '../duties/sight.js';
import type { LoopParts } from './episodes-in-sight.js';
import { toldInSight } from './told.js';

/** What pages about loops are made of, for those of these children whom the looker may know of. */
export async function loopParts(sight: Sight, ids: readonly string[]): Promise<ReadonlyMap<string, LoopParts>> {
  const { database, rules } = sight.parts;
  const duties = await sight.duties(ids);
  const children = await sight.of(ids);
  const told = await toldInSight(database, children);
  return new Map(
    [...children].map(([id, seen]) => [
      id,
      { seen, duties: duties.get(id) ?? [], told: told.get(id) ?? [], rules } satisfies LoopParts,
    ]),
  );
}
