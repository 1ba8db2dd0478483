import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Level } from '../../../libs/safeguarding/exploitation/level.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { viewsOf, type ChildView } from '../children/child-view.js';
import { RULES } from '../duties/rules.token.js';
import { eventsOf } from '../loop/events-shown.js';
import { loopParts } from '../loop/child-loop.js';
import { concernInSight, levelInSight } from '../loop/concern-in-sight.js';
import type { LoopParts } from '../loop/episodes-in-sight.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import { readHeader } from '../timeline/header.js';
import { seenBy } from '../timeline/seen.js';
import { readPlaces, type PlaceRow } from './place-rows.js';
import { highestFirst, interviewsIn, missingIn, soonestFirst, type InterviewDue } from './rows-in-sight.js';
import {
  ReadBoard,
  type Board,
  type BoardName,
  type ConcernRow,
  type EpisodeRow,
  type RowChild,
} from './read-board.query.js';

const boards: Readonly<Record<BoardName, readonly string[]>> = {
  missing: ['missing-now', 'interviews-due'],
  exploitation: ['exploitation'],
};

@QueryHandler(ReadBoard)
export class ReadBoardHandler implements IQueryHandler<ReadBoard, Board> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(RULES) readonly rules: Rules,
    private readonly looks: Looks,
  ) {}

  async execute({ looker, board }: ReadBoard): Promise<Board> {
    const at = new Date(this.clock.now()).toISOString();
    const places = await readPlaces(this.database, boards[board]);
    const parts = await loopParts(this, looker, [...new Set(places.map(({ child }) => child))], at);
    const of = (name: string): PlaceRow[] => places.filter((place) => place.board === name);
    const views = await this.#views(parts, looker);
    const rows = { missing: of('missing-now'), interviews: of('interviews-due'), concerns: of('exploitation') };
    const shown: Board = {
      at,
      missing: (await this.#rows(rows.missing, parts, views, looker, (one) => this.#missing(one, at))).toSorted(
        ({ one }, { one: other }) => highestFirst(one, other),
      ),
      interviews: (
        await this.#rows(rows.interviews, parts, views, looker, (one) => this.#interviews(one, at))
      ).toSorted(soonestFirst),
      concerns: (await this.#rows(rows.concerns, parts, views, looker, (one) => this.#concern(one, at))).toSorted(
        gravestFirst,
      ),
    };
    const children = [...shown.missing, ...shown.interviews, ...shown.concerns].map(({ view }) => view.id);
    await this.looks.record(looker, {
      what: `board.${board}`,
      outcome: 'shown',
      details: { rows: children.length, children: [...new Set(children)] },
      shown: eventsOf(
        [...shown.missing, ...shown.interviews].map(({ one }) => one),
        shown.concerns.map(({ concern }) => concern),
      ),
    });
    return shown;
  }

  async #views(parts: ReadonlyMap<string, LoopParts>, looker: Looker): Promise<ReadonlyMap<string, ChildView>> {
    const views = await viewsOf(
      [...parts.values()].map(({ seen }) => seen.known.row),
      looker,
      this,
    );
    return new Map(views.map((view) => [view.id, view]));
  }

  /** Of each child once: a child may stand on a board for several reasons. */
  async #rows<Row extends object>(
    places: readonly PlaceRow[],
    parts: ReadonlyMap<string, LoopParts>,
    views: ReadonlyMap<string, ChildView>,
    looker: Looker,
    made: (parts: LoopParts) => readonly Row[],
  ): Promise<(Row & RowChild)[]> {
    const rows: (Row & RowChild)[] = [];
    for (const id of new Set(places.map(({ child }) => child))) {
      const [of, view] = [parts.get(id), views.get(id)];
      const some = of ? made(of) : [];
      if (!of || !view || some.length === 0) continue;
      const { seen } = await seenBy(this.database, of.seen.known, looker);
      const header = await readHeader(seen, this);
      rows.push(...some.map((row) => ({ ...row, view, header })));
    }
    return rows;
  }

  #missing(parts: LoopParts, at: string): Omit<EpisodeRow, keyof RowChild>[] {
    return missingIn(parts).map((one) => ({ one, level: levelInSight(parts.seen, this.rules, at) }));
  }

  #interviews(parts: LoopParts, at: string): (InterviewDue & Omit<EpisodeRow, keyof RowChild>)[] {
    const level = levelInSight(parts.seen, this.rules, at);
    return interviewsIn(parts).map((row) => ({ ...row, level }));
  }

  #concern(parts: LoopParts, at: string): Omit<ConcernRow, keyof RowChild>[] {
    const concern = concernInSight(parts, at);
    return concern ? [{ concern }] : [];
  }
}

const levels: readonly Level[] = ['none', 'emerging', 'moderate', 'significant'];

/** The highest level first; of those, what was said last. */
function gravestFirst({ concern: one }: ConcernRow, { concern: other }: ConcernRow): number {
  const said = ({ restsOn }: ConcernRow['concern']): number => Date.parse(restsOn[0]?.occurredAt ?? '');
  return levels.indexOf(other.level) - levels.indexOf(one.level) || said(other) - said(one);
}
