import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reachOf } from '../../../libs/disclosure/reach.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { listDuties } from '../duties/list-duties.js';
import { RULES } from '../duties/rules.token.js';
import { Sight } from '../duties/sight.js';
import { loopParts } from '../loop/child-loop.js';
import { concernInSight, levelInSight, type ConcernInSight } from '../loop/concern-in-sight.js';
import { eventsOf } from '../loop/events-shown.js';
import { Cursors } from '../looks/cursors.js';
import { Looks } from '../looks/looks.js';
import { readPlaces } from './place-rows.js';
import { ReadBoard, type Board, type ConcernRow, type InterviewRow, type MissingRow } from './read-board.query.js';
import {
  gravestFirst,
  highestFirst,
  interviewOf,
  interviewsWanted,
  isInterviewDue,
  missingIn,
  soonestFirst,
} from './rows-in-sight.js';
import { vitalsOf, type Vitals } from './vitals.js';

/** So many rows a page of a board has, besides whoever is missing now. */
const PAGE = 50;

@QueryHandler(ReadBoard)
export class ReadBoardHandler implements IQueryHandler<ReadBoard, Board> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(RULES) readonly rules: Rules,
    private readonly looks: Looks,
    private readonly cursors: Cursors,
  ) {}

  async execute({ looker, board, cursor }: ReadBoard): Promise<Board> {
    const sight = new Sight(this, looker, new Date(this.clock.now()).toISOString());
    const from = cursor === undefined ? [] : this.cursors.read(`board ${board}`, cursor);
    const shown = board === 'missing' ? await this.#missing(sight, from) : await this.#concerns(sight, from);
    const children = [...shown.missing, ...shown.interviews, ...shown.concerns].map(({ view }) => view.id);
    const entries = [
      ...eventsOf(
        [...shown.missing, ...shown.interviews].map(({ one }) => one),
        shown.concerns.map(({ concern }) => concern),
      ),
      ...[...shown.missing, ...shown.concerns].flatMap(({ vitals }) => entriesOf(vitals)),
    ];
    await this.looks.record(looker, {
      what: `board.${board}`,
      outcome: 'shown',
      details: { rows: children.length, children: [...new Set(children)] },
      shown: [...new Set(entries)],
    });
    return shown;
  }

  /** Everybody who is missing now, and a page of the interviews that are due; on a page that follows these alone. */
  async #missing(sight: Sight, [asOf = sight.at, at, key, count = '0']: readonly string[]): Promise<Board> {
    const after = at !== undefined && key !== undefined ? { at, key } : undefined;
    const missing = after ? [] : await this.#missingNow(sight);
    // What has no limit keeps its place from page to page.
    const wanted = { ...interviewsWanted(asOf), ...(after ? { after } : {}) };
    const { duties, next } = await listDuties(sight, wanted, PAGE, isInterviewDue);
    const parts = await loopParts(
      sight,
      duties.map(({ child }) => child),
    );
    const views = await sight.views([...parts.keys()]);
    const interviews = duties.flatMap((due): InterviewRow[] => {
      const [of, view] = [parts.get(due.child), views.get(due.child)];
      if (!of || !view) return [];
      return interviewOf(of, due).map((row) => ({ ...row, view, level: levelInSight(of.seen, this.rules, sight.at) }));
    });
    const before = Number(count);
    return {
      at: sight.at,
      missing,
      interviews: interviews.toSorted(soonestFirst),
      concerns: [],
      before,
      ...(next
        ? { next: this.cursors.write('board missing', [asOf, next.at, next.key, String(before + interviews.length)]) }
        : {}),
    };
  }

  /** What puts somebody first follows from what each reader sees: all of them are read. */
  async #missingNow(sight: Sight): Promise<MissingRow[]> {
    const { viewer, purpose } = sight.looker;
    const parts = await loopParts(sight, await readPlaces(this.database, 'missing-now', reachOf(viewer, purpose)));
    const rows = [...parts].flatMap(([id, of]) => missingIn(of).map((one) => ({ id, of, one })));
    const ids = rows.map(({ id }) => id);
    const [views, vitals] = [await sight.views(ids), await vitalsOf(sight, ids)];
    return rows
      .flatMap(({ id, of, one }): MissingRow[] => {
        const view = views.get(id);
        return view ? [{ one, view, level: levelInSight(of.seen, this.rules, sight.at), vitals: vitals(id) }] : [];
      })
      .toSorted(({ one }, { one: other }) => highestFirst(one, other));
  }

  /** The level is what each reader sees it to be: it is found of all who may stand there, and everything else of a page's rows. */
  async #concerns(sight: Sight, [count = '0']: readonly string[]): Promise<Board> {
    const before = Number(count);
    const { viewer, purpose } = sight.looker;
    const seen = await sight.of(await readPlaces(this.database, 'exploitation', reachOf(viewer, purpose)));
    const all = [...seen].flatMap(([id, one]): { id: string; concern: ConcernInSight }[] => {
      const concern = concernInSight({ seen: one, duties: [], told: [], rules: this.rules }, sight.at);
      return concern ? [{ id, concern }] : [];
    });
    const page = all.toSorted((one, other) => gravestFirst(one.concern, other.concern)).slice(before, before + PAGE);
    const ids = page.map(({ id }) => id);
    const [parts, views] = [await loopParts(sight, ids), await sight.views(ids)];
    const vitals = await vitalsOf(sight, ids);
    const concerns = page.flatMap(({ id }): ConcernRow[] => {
      const [of, view] = [parts.get(id), views.get(id)];
      const concern = of && concernInSight(of, sight.at);
      return concern && view ? [{ concern, view, vitals: vitals(id) }] : [];
    });
    const until = before + page.length;
    return {
      at: sight.at,
      missing: [],
      interviews: [],
      concerns,
      before,
      ...(all.length > until ? { next: this.cursors.write('board exploitation', [String(until)]) } : {}),
    };
  }
}

/** The entries that the cells about these say something of. */
function entriesOf(vitals: Vitals): string[] {
  return [...vitals['self-harm'], ...vitals.medical, ...vitals.tag, ...vitals.bail].map(({ entry }) => entry);
}
