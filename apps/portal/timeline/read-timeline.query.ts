import type { Withheld } from '../../../libs/disclosure/redact.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { TimelineFilter } from './filter.js';

/** One page of a child's timeline, as this looker may see it. Rejects with `Problem` 404 or 503. */
export class ReadTimeline {
  constructor(
    readonly looker: Looker,
    readonly child: string,
    readonly filter: TimelineFilter,
    readonly cursor?: string,
  ) {}
}

export interface TimelinePage {
  readonly child: ChildView;
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  readonly withheld: readonly Withheld[];
  /** What there is to filter by, of what this looker sees. */
  readonly agencies: readonly Agency[];
  readonly categories: readonly string[];
  /** Of the next, older page. */
  readonly next?: string;
}
