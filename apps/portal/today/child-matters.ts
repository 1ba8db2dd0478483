import { decide } from '../../../libs/disclosure/decide.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { entryOf } from '../../../libs/timeline/entry.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import type { LoopsToday } from '../boards/loops-today.js';
import type { KnownChild } from '../children/known-child.js';
import type { Sight } from '../duties/sight.js';
import type { Looker } from '../looks/looker.js';
import { readClosed, readDuty, type ChildFact, type DutyDay } from './duty-rows.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';

/** One child with something on the sheet, as the looker may know it. */
export interface ChildMatter {
  readonly id: string;
  readonly name: string;
  /** Nobody's case: no open allocation. */
  readonly unheld: boolean;
  /** The looker holds or covers it. */
  readonly own: boolean;
  /** Each seen in full. */
  readonly facts: readonly ChildFact[];
  /** Since when the child is missing: RFC 3339. */
  readonly missingSince?: string;
  readonly closedAt?: string;
}

export interface ChildMatters {
  readonly children: readonly ChildMatter[];
  /** What the entry of an event says, in a line; undefined while it is on its way to the timeline. */
  readonly titleOf: (event: string) => string | undefined;
}

/**
 * Children with something on the sheet whom the looker may know, and of each the facts they see in full: what is decided
 * about everything comes first, then names are opened, and the words of those entries alone. `loops`: who is missing.
 */
export async function childMatters(sight: Sight, day: DutyDay, loops: LoopsToday): Promise<ChildMatters> {
  const { database, keys } = sight.parts;
  const facts = await readDuty(database, day);
  // Of a child in two episodes, since the first.
  const missing = new Map(
    loops.missing
      .toSorted((one, other) => Date.parse(other.one.episode.startedAt) - Date.parse(one.one.episode.startedAt))
      .map(({ child, one }) => [child.id, one.episode.startedAt]),
  );
  const known = [...(await sight.known([...facts.map(({ child }) => child), ...missing.keys()])).values()];
  const seen = seenFacts(facts, known, sight.looker);
  const shown = known.filter(({ row }) => seen.has(row.id) || missing.has(row.id));
  const unheld = shown.filter(({ row }) => row.holders.length === 0).map(({ row }) => row.id);
  const closed = unheld.length === 0 ? new Map<string, string>() : await readClosed(database, unheld);
  const views = await sight.views(shown.map(({ row }) => row.id));
  const children = shown.map(({ row, viewer }): ChildMatter => {
    const missingSince = missing.get(row.id);
    const closedAt = closed.get(row.id);
    return {
      id: row.id,
      name: views.get(row.id)?.name ?? 'Name not known',
      unheld: row.holders.length === 0,
      own: viewer.holdsCase === true,
      facts: seen.get(row.id) ?? [],
      ...(missingSince === undefined ? {} : { missingSince }),
      ...(closedAt === undefined ? {} : { closedAt }),
    };
  });
  return { children, titleOf: await titles(children, database, keys) };
}

function seenFacts(
  facts: readonly ChildFact[],
  known: readonly KnownChild[],
  { purpose }: Looker,
): Map<string, ChildFact[]> {
  const viewers = new Map(known.map(({ row, viewer }) => [row.id, viewer]));
  const seen = facts.filter((fact) => {
    const viewer = viewers.get(fact.child);
    return viewer !== undefined && decide(viewer, purpose, fact) === 'full';
  });
  return Map.groupBy(seen, ({ child }) => child);
}

async function titles(
  children: readonly ChildMatter[],
  database: Database,
  keys: KeyStore,
): Promise<ChildMatters['titleOf']> {
  // Nothing of a result is said but that there was one.
  const events = children.flatMap(({ facts }) => facts.filter(({ kind }) => kind !== 'result').map(({ key }) => key));
  const { rows } = await database.query<TimelineRow>({
    name: 'duty entries',
    text: 'select * from timeline where key = any($1::uuid[])',
    values: [events],
  });
  const said = new Map((await openRows(keys, rows)).map(({ row, opened }) => [row.key, entryOf(row, opened)]));
  return (event) => said.get(event)?.title;
}
