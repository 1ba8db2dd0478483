import type { Rules } from '../../../libs/kernel/rules.js';
import type { Owned } from '../../../libs/platform/watch/duty-store.js';
import type { ViewParts } from '../children/child-view.js';
import type { Sheet } from '../duties/list-today.js';
import type { Sight } from '../duties/sight.js';
import type { Watching } from '../../../libs/notifications/addressing.js';
import type { LoopsToday } from '../boards/loops-today.js';
import type { Looker } from '../looks/looker.js';
import type { ChildMatters } from './child-matters.js';
import type { DutyDay } from './duty-rows.js';

/** Something to be done today. Words are for whoever looks: everything in them has passed disclosure. */
export interface SheetItem {
  /** What it is, the same at every look: who has it goes by this. */
  readonly item: string;
  readonly title: string;
  readonly detail?: string;
  readonly child?: { readonly id: string; readonly name: string };
  /** Where more of it can be seen. */
  readonly more?: { readonly href: string; readonly text: string };
  readonly marks?: readonly string[];
  /** What takes something back from a mark: nobody has verified the rule. */
  readonly amber?: readonly string[];
  /** Its limit has run out: before everything of its section that has time. */
  readonly late?: boolean;
  /** Of the looker's own caseload: first. */
  readonly own?: boolean;
  /** The looker's own to do, whosever case it is: first. */
  readonly mine?: boolean;
  /** Comes back the next day while it is still so; otherwise done is done. */
  readonly standing: boolean;
  /** Events it was read from. */
  readonly events?: readonly string[];
  /** Who has it, or cleared it today. */
  readonly owned?: Owned;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** What it says when there is nothing. */
  readonly empty: string;
  readonly urgent?: boolean;
  readonly items: readonly SheetItem[];
  /** Where the rest is: there is more that this looker sees than the sheet lists. */
  readonly rest?: { readonly href: string; readonly text: string };
}

export interface SheetContext extends ViewParts {
  readonly looker: Looker;
  /** What they may know of children: read once for the whole sheet. */
  readonly sight: Sight;
  readonly sheet: Sheet;
  readonly day: DutyDay;
  /** Whether somebody is at work, and when what nobody has taken up is late. */
  readonly watching: Watching;
  readonly children: ChildMatters;
  readonly loops: LoopsToday;
  /** Days after which a break-glass that nobody has reviewed is late. */
  readonly reviewDays: number;
  readonly rules: Rules;
}

/** Makes one section of the sheet; undefined where it is not for this looker. Another room may add its own to the list. */
export type SectionProvider = (context: SheetContext) => Promise<Section | undefined> | Section | undefined;
