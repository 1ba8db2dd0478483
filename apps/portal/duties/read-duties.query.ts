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

/**
 * A page of the duties that this looker may know of, late ones first. Rejects with `Problem` 404 (a child they may not know), 400 (a
 * cursor that is none) or 503.
 */
export class ReadDuties {
  constructor(
    readonly looker: Looker,
    readonly filter: DutyFilter,
    readonly cursor?: string,
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
  /** How many came before this page's. */
  readonly before: number;
  /** Where the next page begins, where there is one. */
  readonly next?: string;
  /** Of what is listed, and what was asked for. */
  readonly teams: readonly string[];
  readonly kinds: readonly string[];
}
