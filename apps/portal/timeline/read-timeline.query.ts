import type { Withheld } from '../../../libs/disclosure/redact.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import type { Header } from '../../../libs/timeline/header/header.fold.js';
import type { EntryAnnotations } from '../annotations/entry-annotations.js';
import type { Ask } from '../annotations/asks.js';
import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { ShownEntry } from './child-entries.js';
import type { TimelineFilter } from './filter.js';
import type { Month } from './years.js';

/** One page of a child's timeline, as this looker may see it. Rejects with `Problem` 404 or 503. */
export class ReadTimeline {
  constructor(
    readonly looker: Looker,
    readonly child: string,
    readonly filter: TimelineFilter,
    readonly cursor?: string,
    /** For a page that people read: what is new to them, and the years at a glance. */
    readonly reading?: Reading,
  ) {}
}

export interface Reading {
  /** Since when entries are new, as the page before said it; absent: since the viewer's last look, and this is one. */
  readonly since?: string;
}

export interface TimelinePage {
  readonly child: ChildView;
  /** As at `asKnownAt`, or now. */
  readonly header: Header;
  /** Newest first. */
  readonly entries: readonly ShownEntry[];
  /** What was said of the entries on this page, by their ids. */
  readonly annotations: ReadonlyMap<string, EntryAnnotations>;
  readonly withheld: readonly Withheld[];
  /** What was asked of the agencies that withhold something, and what they answered. */
  readonly asks: readonly Ask[];
  /** What there is to filter by, of what this looker sees. */
  readonly agencies: readonly Agency[];
  readonly categories: readonly string[];
  /** Of the next, older page. */
  readonly next?: string;
  readonly reading?: ReadingShown;
}

export interface ReadingShown {
  /** When the viewer last looked, RFC 3339; absent the first time. */
  readonly lastLook?: string;
  /** How many of all entries are new since, and which of this page. */
  readonly fresh: number;
  readonly freshHere: ReadonlySet<string>;
  /** For `Reading.since` of the pages that follow. */
  readonly since: string;
  readonly months: readonly Month[];
  /** Of the page that begins with a year: year → cursor. Newest first. */
  readonly years: ReadonlyMap<string, string>;
  /** Receipts of this page's entries that an operator had to put right before they could be recorded. */
  readonly putRight: ReadonlySet<string>;
}
