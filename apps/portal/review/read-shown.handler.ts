import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Purpose } from '../../../libs/disclosure/terms.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { forbidden, notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { asKnown } from '../../../libs/timeline/as-known.js';
import { entryOf } from '../../../libs/timeline/entry.js';
import { knewOf, overview, type Knew, type Reached, type Recorded } from '../../../libs/timeline/shown.fold.js';
import { viewsOf } from '../children/child-view.js';
import { knownChild } from '../children/known-child.js';
import { Cursors } from '../looks/cursors.js';
import { Looks } from '../looks/looks.js';
import { viewAsKnown } from '../timeline/header.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';
import { seenBy } from '../timeline/seen.js';
import type { Seen } from '../timeline/timeline-rows.js';
import { ReadShown, type AgencyWanted, type ShownPage, type ShownTo, type Wanted } from './read-shown.query.js';
import { countUnattributed, readReached, readRecorded, readRows } from './shown-rows.js';

const PAGE = 100;
const WHAT = 'shown.read';
// Who looked at whom is nobody's business but a review's and an audit's.
const REVIEWING: readonly Purpose[] = ['learning-review', 'audit'];

@QueryHandler(ReadShown)
export class ReadShownHandler implements IQueryHandler<ReadShown, ShownPage> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    private readonly looks: Looks,
    private readonly cursors: Cursors,
  ) {}

  async execute({ looker, child, asKnownAt, of }: ReadShown): Promise<ShownPage> {
    if (!REVIEWING.includes(looker.purpose)) {
      throw forbidden('purpose-not-allowed', 'What agencies had been shown is for a learning review or an audit only.');
    }
    const asked = { asKnownAt, ...of };
    const known = await knownChild(this.database, looker, child);
    if (!known) {
      await this.looks.record(looker, { what: WHAT, child, outcome: 'not-found', details: asked });
      throw notFound();
    }
    const by = asKnownAt ?? new Date(this.clock.now()).toISOString();
    const { seen } = await seenBy(this.database, known, looker, asKnownAt);
    const recorded = await readRecorded(this.database, seen);
    const ids = recorded.map(({ entry }) => entry);
    const reached = await readReached(this.database, child, ids, by);
    const [view] = await viewsOf([known.row], looker, this);
    if (!view) throw notFound();
    const listed = of && (await this.#listed(seen, of, recorded, reached));
    const answer: ShownPage = {
      child: asKnownAt === undefined ? view : await viewAsKnown(view, asKnownAt, seen, this),
      asKnownAt: by,
      agencies: overview(recorded, reached),
      unattributedLooks: await countUnattributed(this.database, child, by),
      ...listed,
    };
    const shown = (answer.entries ?? []).filter(({ erased }) => !erased).map(({ id }) => id);
    await this.looks.record(looker, { what: WHAT, child, outcome: 'shown', details: asked, shown });
    return answer;
  }

  async #listed(
    seen: Seen,
    { agency, wanted, cursor }: AgencyWanted,
    recorded: readonly Recorded[],
    reached: readonly Reached[],
  ): Promise<{ entries: ShownTo[]; next?: string }> {
    const scope = `shown ${seen.child} ${agency} ${wanted}`;
    const [after] = cursor === undefined ? [] : this.cursors.read(scope, cursor);
    const knew = knewOf(agency, recorded, reached);
    const ids = [...knew].filter(([, how]) => isWanted(how, wanted)).map(([id]) => id);
    // One that is no longer there was the last of the page before: what followed it has moved up to the start.
    const start = after === undefined ? 0 : ids.indexOf(after) + 1;
    const page = ids.slice(start, start + PAGE);
    const last = ids.length > start + PAGE ? page.at(-1) : undefined;
    const rows = await openRows(this.keys, await readRows(this.database, seen, page));
    const entries = rows.flatMap(({ row, opened }): ShownTo[] => {
      const shown = seen.asKnownAt === undefined ? row : asKnown(row, seen.asKnownAt);
      const how = knew.get(row.key);
      return shown && how ? [{ ...entryOf(shown, opened), knew: how }] : [];
    });
    return { entries, ...(last === undefined ? {} : { next: this.cursors.write(scope, [last]) }) };
  }
}

function isWanted({ how }: Knew, wanted: Wanted): boolean {
  return wanted === 'all' || (wanted === 'not-shown') === (how === 'not-shown');
}
