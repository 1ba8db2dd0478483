import type { Rule } from '../../../libs/kernel/rules.js';
import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { DutyInSight } from './duties-in-sight.js';

export type OwnedBy = 'mine' | 'agency' | 'all';
export type StateAsked = 'open' | 'late' | 'met';

export interface DutyFilter {
  readonly of: OwnedBy;
  readonly state: StateAsked;
  readonly kind?: string;
  /** Team that holds the case, by name. */
  readonly team?: string;
  readonly child?: string;
}

/** Duties that this looker may know of, late ones first. Rejects with `Problem` 404 (a child they may not know) or 503. */
export class ReadDuties {
  constructor(
    readonly looker: Looker,
    readonly filter: DutyFilter,
  ) {}
}

export interface ShownDuty extends DutyInSight {
  readonly view: ChildView;
  readonly rule: Rule;
}

export interface DutyList {
  /** RFC 3339: as of when what is late is late. */
  readonly at: string;
  readonly duties: readonly ShownDuty[];
  /** More were raised than a page looks at: a filter shows the rest. */
  readonly more: boolean;
  /** Of what is listed, before the team and kind are chosen. */
  readonly teams: readonly string[];
  readonly kinds: readonly string[];
}
