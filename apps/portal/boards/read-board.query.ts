import type { Level } from '../../../libs/safeguarding/exploitation/level.js';
import type { ChildView } from '../children/child-view.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import type { ConcernInSight } from '../loop/concern-in-sight.js';
import type { EpisodeInSight } from '../loop/episodes-in-sight.js';
import type { Looker } from '../looks/looker.js';
import type { Vitals } from './vitals.js';

export type BoardName = 'missing' | 'exploitation';

/** A board as this looker may see it, or its next page. Rejects with `Problem` 400 (a cursor that is none) or `LookNotRecorded`. */
export class ReadBoard {
  constructor(
    readonly looker: Looker,
    readonly board: BoardName,
    readonly cursor?: string,
  ) {}
}

/** What stands of a child in every row. */
export interface RowChild {
  readonly view: ChildView;
}

export interface EpisodeRow extends RowChild {
  readonly one: EpisodeInSight;
  readonly level: Level;
}

/** Of somebody who is missing now. */
export interface MissingRow extends EpisodeRow {
  readonly vitals: Vitals;
}

/** Of what is left to do about an interview. */
export interface InterviewRow extends EpisodeRow {
  readonly due: DutyInSight;
}

export interface ConcernRow extends RowChild {
  readonly concern: ConcernInSight;
  readonly vitals: Vitals;
}

export interface Board {
  /** RFC 3339. */
  readonly at: string;
  /** All of them, on the first page. */
  readonly missing: readonly MissingRow[];
  readonly interviews: readonly InterviewRow[];
  readonly concerns: readonly ConcernRow[];
  /** How many rows of the list that goes over pages came before this one's. */
  readonly before: number;
  /** Where its next page begins, where there is one. */
  readonly next?: string;
}
