import type { Header } from '../../../libs/timeline/header/header.fold.js';
import type { Level } from '../../../libs/safeguarding/exploitation/level.js';
import type { ChildView } from '../children/child-view.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import type { ConcernInSight } from '../loop/concern-in-sight.js';
import type { EpisodeInSight } from '../loop/episodes-in-sight.js';
import type { Looker } from '../looks/looker.js';

export type BoardName = 'missing' | 'exploitation';

/** A board as this looker may see it. Rejects with `LookNotRecorded`. */
export class ReadBoard {
  constructor(
    readonly looker: Looker,
    readonly board: BoardName,
  ) {}
}

/** What stands of a child in every row. */
export interface RowChild {
  readonly view: ChildView;
  /** Of what the looker sees in full: medical need, self-harm, curfew, bail. */
  readonly header: Header;
}

export interface EpisodeRow extends RowChild {
  readonly one: EpisodeInSight;
  readonly level: Level;
  /** What is left to do about an interview: absent in a row of somebody who is missing now. */
  readonly due?: DutyInSight;
}

export interface ConcernRow extends RowChild {
  readonly concern: ConcernInSight;
}

export interface Board {
  /** RFC 3339. */
  readonly at: string;
  readonly missing: readonly EpisodeRow[];
  readonly interviews: readonly EpisodeRow[];
  readonly concerns: readonly ConcernRow[];
}
