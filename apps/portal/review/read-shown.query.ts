import type { Agency } from '../../../libs/kernel/agency.js';
import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { AgencyKnew, Knew } from '../../../libs/timeline/shown.fold.js';
import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';

/** What an agency had been shown by a day: all of it, only what it knew, or only what it was not shown. */
export type Wanted = 'all' | 'known' | 'not-shown';

export interface AgencyWanted {
  readonly agency: Agency;
  readonly wanted: Wanted;
  readonly cursor?: string;
}

/**
 * What each agency had been shown or told of a child by an instant, of the entries this looker sees in full. Rejects with
 * `Problem` 403 for any purpose but a review's, 404 or 503.
 */
export class ReadShown {
  constructor(
    readonly looker: Looker,
    readonly child: string,
    /** RFC 3339; absent: by now. */
    readonly asKnownAt?: string,
    /** One agency entry by entry; absent: the overview alone. */
    readonly of?: AgencyWanted,
  ) {}
}

export interface ShownPage {
  readonly child: ChildView;
  /** RFC 3339. */
  readonly asKnownAt: string;
  readonly agencies: readonly AgencyKnew[];
  /** Looks before the audit noted which entries they showed: they count for nothing here. */
  readonly unattributedLooks: number;
  readonly entries?: readonly ShownTo[];
  /** Of the next, older page of entries. */
  readonly next?: string;
}

export interface ShownTo extends TimelineEntry {
  readonly knew: Knew;
}
