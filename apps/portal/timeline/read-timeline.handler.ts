import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { agencies } from '../../../libs/kernel/agency.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { HeaderLine } from '../../../libs/timeline/header/header-fact.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { annotationsOf } from '../annotations/entry-annotations.js';
import { asksOf } from '../annotations/asks.js';
import { viewsOf, type ChildView } from '../children/child-view.js';
import { knownChild, type KnownChild } from '../children/known-child.js';
import { lateDuties } from '../duties/late-duties.js';
import { RULES } from '../duties/rules.token.js';
import { Cursors } from '../looks/cursors.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import { openEntries } from './child-entries.js';
import type { TimelineFilter } from './filter.js';
import { readHeader, viewAsKnown } from './header.js';
import { beginsReading, readReading } from './reading.js';
import { ReadTimeline, type TimelinePage } from './read-timeline.query.js';
import { seenBy } from './seen.js';
import { readPage, type Seen } from './timeline-rows.js';

const PAGE = 100;
const WHAT = 'timeline.read';

@QueryHandler(ReadTimeline)
export class ReadTimelineHandler implements IQueryHandler<ReadTimeline, TimelinePage> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(RULES) readonly rules: Rules,
    private readonly looks: Looks,
    readonly cursors: Cursors,
  ) {}

  async execute(query: ReadTimeline): Promise<TimelinePage> {
    const { looker, child, filter, cursor } = query;
    const scope = `timeline ${child}`;
    const [occurred, position] = cursor === undefined ? [] : this.cursors.read(scope, cursor);
    const known = await this.#known(looker, child, filter);
    const { seen, shown, withheld } = await seenBy(this.database, known, looker, filter.asKnownAt);
    // Before the rows are read: what comes in between is new at the next look, rather than never.
    const reading = query.reading && (await readReading(query, query.reading, seen, this));
    const after = occurred !== undefined && position !== undefined ? { after: { occurred, position } } : {};
    const [rows, header, late, view] = await Promise.all([
      readPage(this.database, { seen, filter, ...after, limit: PAGE + 1 }),
      readHeader(seen, this),
      // Duties are as they are: what was late on a day before is not kept.
      filter.asKnownAt === undefined ? lateDuties(this, looker, child) : [],
      this.#view(known, looker, seen),
    ]);
    const page = rows.slice(0, PAGE);
    const last = rows.length > PAGE ? page.at(-1) : undefined;
    const entries = await openEntries(page, this.keys, filter.asKnownAt);
    const [annotations, asks] = await Promise.all([
      annotationsOf(this, { known, seen }, looker, entries),
      asksOf(this, { known, withheld }, looker, filter.asKnownAt),
    ]);
    const answer: TimelinePage = {
      child: view,
      header: late.length === 0 ? header : { ...header, overdue: overdueWith(late, header.overdue) },
      entries,
      annotations,
      withheld,
      asks,
      agencies: agencies.filter((agency) => shown.some((kind) => kind.agency === agency)),
      categories: [...new Set(shown.map(({ category }) => category))].sort(),
      ...(last ? { next: this.cursors.write(scope, [last.place, String(last.position)]) } : {}),
      ...(reading ? { reading: await reading.of(page) } : {}),
    };
    const details = {
      filter,
      entries: entries.length,
      withheld: withheld.map(({ agency }) => agency),
      ...(reading && beginsReading(query) ? { position: reading.position } : {}),
    };
    await this.looks.record(looker, { what: WHAT, child, outcome: 'shown', details, shown: shownIn(answer) });
    return answer;
  }

  // Not known and not allowed take one path: the same query, the same entry in the audit, the same answer.
  async #known(looker: Looker, child: string, filter: TimelineFilter): Promise<KnownChild> {
    const known = await knownChild(this.database, looker, child);
    if (known) return known;
    await this.looks.record(looker, { what: WHAT, child, outcome: 'not-found', details: { filter } });
    throw notFound();
  }

  async #view({ row }: KnownChild, looker: Looker, seen: Seen): Promise<ChildView> {
    const [view] = await viewsOf([row], looker, this);
    if (!view) throw notFound();
    return seen.asKnownAt === undefined ? view : viewAsKnown(view, seen.asKnownAt, seen, this);
  }
}

// That no appointment is overdue says nothing beside a duty that is.
function overdueWith(late: readonly HeaderLine[], others: readonly HeaderLine[]): HeaderLine[] {
  return [...late, ...others.filter(({ text }) => !text.startsWith('Nothing '))];
}

// An erased entry stands there without its content: it was not shown. What the header says of an entry on another page was.
function shownIn({ entries, header }: TimelinePage): string[] {
  const inFull = entries.filter(({ erased }) => !erased).map(({ id }) => id);
  const above = Object.values(header).flatMap((lines) => lines.map(({ entry }) => entry));
  return [...new Set([...inFull, ...above])];
}
