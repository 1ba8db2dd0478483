import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { EntryAnnotations } from './entry-annotations.js';

/** One entry that stands, for a form about it. Rejects with `Problem` 404 or 503. */
export class ReadEntry {
  constructor(
    readonly looker: Looker,
    readonly child: string,
    readonly entry: string,
  ) {}
}

export interface EntryView {
  readonly child: ChildView;
  readonly entry: TimelineEntry;
  readonly annotations: EntryAnnotations;
}
