import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { agencies } from '../../../libs/kernel/agency.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { DataKey, KeyStore, Opened } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { open } from '../../../libs/platform/keys/seal.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { asKnown } from '../../../libs/timeline/as-known.js';
import { entryOf } from '../../../libs/timeline/entry.js';
import { viewsOf } from '../children/child-view.js';
import { knownAmong, knownChild, type KnownChild } from '../children/known-child.js';
import { Cursors } from '../looks/cursors.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import type { TimelineFilter } from './filter.js';
import { kindsSeen, readKinds } from './kinds.js';
import { ReadTimeline, type TimelinePage } from './read-timeline.query.js';
import { laterChildren, readPage, type PageRow } from './timeline-rows.js';

const PAGE = 100;
const WHAT = 'timeline.read';

@QueryHandler(ReadTimeline)
export class ReadTimelineHandler implements IQueryHandler<ReadTimeline, TimelinePage> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    private readonly looks: Looks,
    private readonly cursors: Cursors,
  ) {}

  async execute({ looker, child, filter, cursor }: ReadTimeline): Promise<TimelinePage> {
    const scope = `timeline ${child}`;
    const [occurred, position] = cursor === undefined ? [] : this.cursors.read(scope, cursor);
    const { row, viewer } = await this.#known(looker, child, filter);
    const kinds = await readKinds(this.database, child);
    const { full, shown, withheld } = kindsSeen(viewer, looker.purpose, kinds);
    const rows = await readPage(this.database, {
      child,
      kinds: full,
      filter,
      others: {
        children: filter.asKnownAt === undefined ? [] : await this.#others(looker, child),
        // Whoever holds this child's case does not hold theirs.
        kinds: kindsSeen(looker.viewer, looker.purpose, kinds).full,
      },
      ...(occurred !== undefined && position !== undefined ? { after: { occurred, position } } : {}),
      limit: PAGE + 1,
    });
    const page = rows.slice(0, PAGE);
    const last = rows.length > PAGE ? page.at(-1) : undefined;
    const [view] = await viewsOf([row], looker, this);
    if (!view) throw notFound();
    const entries = await this.#entries(page, filter);
    const answer: TimelinePage = {
      child: view,
      entries,
      withheld,
      agencies: agencies.filter((agency) => shown.some((kind) => kind.agency === agency)),
      categories: [...new Set(shown.map(({ category }) => category))].sort(),
      ...(last ? { next: this.cursors.write(scope, [last.place, String(last.position)]) } : {}),
    };
    const details = { filter, entries: entries.length, withheld: withheld.map(({ agency }) => agency) };
    // An erased entry stands there without its content: it was not shown.
    const inFull = entries.filter(({ erased }) => !erased).map(({ id }) => id);
    await this.looks.record(looker, { what: WHAT, child, outcome: 'shown', details, shown: inFull });
    return answer;
  }

  // Not known and not allowed take one path: the same query, the same entry in the audit, the same answer.
  async #known(looker: Looker, child: string, filter: TimelineFilter): Promise<KnownChild> {
    const known = await knownChild(this.database, looker, child);
    if (known) return known;
    await this.looks.record(looker, { what: WHAT, child, outcome: 'not-found', details: { filter } });
    throw notFound();
  }

  async #others(looker: Looker, child: string): Promise<string[]> {
    return knownAmong(this.database, looker, await laterChildren(this.database, child));
  }

  async #entries(rows: readonly PageRow[], { asKnownAt }: TimelineFilter): Promise<TimelinePage['entries']> {
    const keys = await this.keys.find([...new Set(rows.map(({ key_id }) => key_id))]);
    return rows.flatMap((row) => {
      const shown = asKnownAt === undefined ? row : asKnown(row, asKnownAt);
      return shown ? [entryOf(shown, opened(row, keys))] : [];
    });
  }
}

function opened({ key, key_id, sealed }: PageRow, keys: ReadonlyMap<string, DataKey>): Opened {
  const found = keys.get(key_id);
  return found ? { erased: false, data: open(found, sealed, key) } : { erased: true };
}
