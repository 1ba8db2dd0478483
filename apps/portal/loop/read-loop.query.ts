import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { ExploitationInSight } from './concern-in-sight.js';
import type { EpisodeInSight } from './episodes-in-sight.js';
import type { MayRecord } from './recordings.js';

/** The loops of a child: each episode and the concern, with its steps. Rejects with `Problem` 404 or 503. */
export class ReadLoop {
  constructor(
    readonly looker: Looker,
    readonly child: string,
  ) {}
}

export interface Loop {
  readonly child: ChildView;
  /** RFC 3339. */
  readonly at: string;
  /** The last one first. */
  readonly episodes: readonly EpisodeInSight[];
  readonly concern?: ExploitationInSight;
  /** Ids of notices that are this looker's, and that nobody has acknowledged. */
  readonly waiting: ReadonlySet<string>;
  /** What this looker may record of the child. */
  readonly may: MayRecord;
}
