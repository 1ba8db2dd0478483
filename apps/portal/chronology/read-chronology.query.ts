import type { Agency } from '../../../libs/kernel/agency.js';
import type { Purpose } from '../../../libs/disclosure/terms.js';
import type { Mark } from '../annotations/entry-annotations.js';
import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { ShownEntry } from '../timeline/child-entries.js';
import type { TimelineFilter } from '../timeline/filter.js';

/** The significant events of a child, as this looker may see them, to read or to print. Rejects with `Problem` 404 or 503. */
export class ReadChronology {
  constructor(
    readonly looker: Looker,
    /** As it stands on the chronology: a name among people, else the system's. */
    readonly by: string,
    readonly child: string,
    readonly filter: TimelineFilter,
    readonly how: 'read' | 'print',
  ) {}
}

export interface SignificantEvent {
  readonly entry: ShownEntry;
  readonly marks: readonly Mark[];
}

export interface Chronology {
  readonly child: ChildView;
  readonly filter: TimelineFilter;
  /** Oldest first. */
  readonly events: readonly SignificantEvent[];
  /** Marked events that their publishers have withdrawn: left out. */
  readonly withdrawn: number;
  readonly made: { readonly by: string; readonly agency: Agency; readonly purpose: Purpose; readonly at: string };
}
