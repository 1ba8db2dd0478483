import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isAgency } from '../../../libs/kernel/agency.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { isMark, readAnnotations } from '../../../libs/platform/annotations/annotation-store.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { annotationsOf } from '../annotations/entry-annotations.js';
import { viewsOf } from '../children/child-view.js';
import { Looks } from '../looks/looks.js';
import { openEntries, sighted, type ShownEntry, type Sighted } from '../timeline/child-entries.js';
import type { TimelineFilter } from '../timeline/filter.js';
import { viewAsKnown } from '../timeline/header.js';
import { readPage, type Place } from '../timeline/timeline-rows.js';
import { linkedEver } from './linked-ever.js';
import { ReadChronology, type Chronology, type SignificantEvent } from './read-chronology.query.js';

const PAGE = 500;

@QueryHandler(ReadChronology)
export class ReadChronologyHandler implements IQueryHandler<ReadChronology, Chronology> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    private readonly looks: Looks,
  ) {}

  async execute({ looker, by, child, filter, how }: ReadChronology): Promise<Chronology> {
    const what = `chronology.${how}`;
    const { asKnownAt } = filter;
    const { agency } = looker.viewer;
    const sight = await sighted(this.database, looker, child, asKnownAt);
    const [view] = sight ? await viewsOf([sight.known.row], looker, this) : [];
    if (!sight || !view || !isAgency(agency)) {
      await this.looks.record(looker, { what, child, outcome: 'not-found', details: { filter } });
      throw notFound();
    }
    const marked = await this.#marked(sight, filter);
    const said = await annotationsOf(this, sight, looker, marked);
    const events = marked
      .map((entry): SignificantEvent => ({ entry, marks: said.get(entry.id)?.marks ?? [] }))
      .filter(({ entry, marks }) => marks.length > 0 && !entry.erased)
      .reverse();
    const shown = events.filter(({ entry }) => entry.state === 'current');
    const at = new Date(this.clock.now()).toISOString();
    const details = { filter, entries: shown.length };
    await this.looks.record(looker, {
      what,
      child,
      outcome: 'shown',
      details,
      shown: shown.map(({ entry }) => entry.id),
    });
    return {
      child: asKnownAt === undefined ? view : await viewAsKnown(view, asKnownAt, sight.seen, this),
      filter,
      events: shown,
      withdrawn: events.filter(({ entry }) => entry.state === 'withdrawn').length,
      made: { by, agency, purpose: looker.purpose, at },
    };
  }

  /** Entries of facts that were marked, of those that this looker sees in full: newest first, all of them. */
  async #marked({ seen }: Sighted, filter: TimelineFilter): Promise<ShownEntry[]> {
    const records = await linkedEver(this.database, seen.child);
    const marks = (await readAnnotations(this, records, seen.asKnownAt)).filter(isMark);
    const facts = [...new Set(marks.filter(({ said }) => said.significant).map(({ said }) => said.fact))];
    const entries: ShownEntry[] = [];
    let after: Place | undefined;
    while (facts.length > 0) {
      const rows = await readPage(this.database, {
        seen,
        filter,
        only: { facts },
        limit: PAGE,
        ...(after ? { after } : {}),
      });
      entries.push(...(await openEntries(rows, this.keys, filter.asKnownAt)));
      const last = rows.at(-1);
      if (rows.length < PAGE || !last) break;
      after = { occurred: last.place, position: String(last.position) };
    }
    return entries;
  }
}
