import type { JsonObject } from '@bufbuild/protobuf';
import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { agencies } from '../../../libs/kernel/agency.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { readAnnotations, type SaidOf } from '../../../libs/platform/annotations/annotation-store.js';
import type { Header } from '../../../libs/timeline/header/header.fold.js';
import type { HeaderLine } from '../../../libs/timeline/header/header-fact.js';
import { nextTurn } from '../../../libs/platform/pause.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { annotationsOf } from '../annotations/entry-annotations.js';
import { asksOf } from '../annotations/asks.js';
import { viewsOf } from '../children/child-view.js';
import { knownChild, type KnownChild } from '../children/known-child.js';
import { lateDuties } from '../duties/late-duties.js';
import { RULES } from '../duties/rules.token.js';
import { Sight } from '../duties/sight.js';
import { Cursors } from '../looks/cursors.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import { openTogether, shownEntry, type OpenedRow, type Sighted } from './child-entries.js';
import type { TimelineFilter } from './filter.js';
import { readPageWithHeader } from './header-rows.js';
import { headerFrom, viewAsKnown } from './header.js';
import { beginsReading, readReading } from './reading.js';
import { ReadTimeline, type TimelinePage } from './read-timeline.query.js';
import { seenBy } from './seen.js';

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
    const { asKnownAt } = filter;
    const known = await this.#known(looker, child, filter);
    const records = known.row.records.map(({ stream }) => stream);
    const [{ seen, shown, withheld }, [view], late, annotations] = await Promise.all([
      seenBy(this.database, known, looker, asKnownAt),
      viewsOf([known.row], looker, this),
      // Duties are as they are: what was late on a day before is not kept.
      asKnownAt === undefined ? lateDuties(this.#sight(looker, known), child) : [],
      readAnnotations(this, records, asKnownAt),
    ]);
    if (!view) throw notFound();
    // Before the rows are read: what comes in between is new at the next look, rather than never.
    const reading = query.reading && (await readReading(query, query.reading, seen, this));
    const after = occurred !== undefined && position !== undefined ? { after: { occurred, position } } : {};
    const [{ page: rows, header: above }, named] = await Promise.all([
      readPageWithHeader(this.database, { seen, filter, ...after, limit: PAGE + 1 }),
      asKnownAt === undefined ? view : viewAsKnown(view, asKnownAt, seen, this),
    ]);
    const page = rows.slice(0, PAGE);
    const last = rows.length > PAGE ? page.at(-1) : undefined;
    const opened = await openTogether(this.keys, page, above, asKnownAt);
    const { header: folded, contents } = headerFrom(opened.above, seen, this);
    const header = late.length === 0 ? folded : { ...folded, overdue: overdueWith(late, folded.overdue) };
    const details = {
      filter,
      entries: opened.page.length,
      withheld: withheld.map(({ agency }) => agency),
      ...(reading && beginsReading(query) ? { position: reading.position } : {}),
    };
    // The look is written down while the entries are put into words; the answer leaves when both are done.
    const [, rest] = await Promise.all([
      this.looks.record(looker, { what: WHAT, child, outcome: 'shown', details, shown: shownIn(opened.page, header) }),
      this.#inWords(opened.page, contents, { known, seen, withheld }, looker, { records, annotations }),
    ]);
    return {
      child: named,
      header,
      ...rest,
      withheld,
      agencies: agencies.filter((agency) => shown.some((kind) => kind.agency === agency)),
      categories: [...new Set(shown.map(({ category }) => category))].sort(),
      ...(last ? { next: this.cursors.write(scope, [last.place, String(last.position)]) } : {}),
      ...(reading ? { reading: await reading.of(page) } : {}),
    };
  }

  async #inWords(
    page: readonly OpenedRow[],
    contents: ReadonlyMap<string, JsonObject>,
    sight: Pick<Sighted, 'known' | 'seen' | 'withheld'>,
    looker: Looker,
    said: SaidOf,
  ): Promise<Pick<TimelinePage, 'entries' | 'annotations' | 'asks'>> {
    // After the look has left for the disk: it waits, and this works.
    await nextTurn();
    const entries = page.map(({ row, opened }) => shownEntry(row, opened, contents.get(row.key)));
    const [annotations, asks] = await Promise.all([
      annotationsOf(this, sight, looker, entries, said),
      asksOf(this, sight, looker, sight.seen.asKnownAt, said),
    ]);
    return { entries, annotations, asks };
  }

  // Not known and not allowed take one path: the same query, the same entry in the audit, the same answer.
  async #known(looker: Looker, child: string, filter: TimelineFilter): Promise<KnownChild> {
    const known = await knownChild(this.database, looker, child);
    if (known) return known;
    await this.looks.record(looker, { what: WHAT, child, outcome: 'not-found', details: { filter } });
    throw notFound();
  }

  /** What is folded for the header is folded of this child as it was found. */
  #sight(looker: Looker, known: KnownChild): Sight {
    return new Sight(this, looker, new Date(this.clock.now()).toISOString(), [known]);
  }
}

// That no appointment is overdue says nothing beside a duty that is.
function overdueWith(late: readonly HeaderLine[], others: readonly HeaderLine[]): HeaderLine[] {
  return [...late, ...others.filter(({ text }) => !text.startsWith('Nothing '))];
}

// An erased entry stands there without its content: it was not shown. What the header says of an entry on another page was.
function shownIn(page: readonly OpenedRow[], header: Header): string[] {
  const inFull = page.filter(({ opened }) => !opened.erased).map(({ row }) => row.key);
  const above = Object.values(header).flatMap((lines) => lines.map(({ entry }) => entry));
  return [...new Set([...inFull, ...above])];
}
