import type { Looker } from '../looks/looker.js';
import type { ChildView } from './child-view.js';

/**
 * Children this looker may know of: those that `q` finds, else their caseload. Rejects with `Problem` 400 or
 * `LookNotRecorded`.
 */
export class ListChildren {
  constructor(
    readonly looker: Looker,
    /** A name, part of one, or an identifier. */
    readonly q?: string,
    readonly cursor?: string,
    readonly of: CaseloadOf = {},
  ) {}
}

/** Part of a caseload: of one's own, the cases held or those covered now; of the service's, one worker's or one team's. */
export interface CaseloadOf {
  readonly as?: 'holder' | 'cover';
  readonly worker?: string;
  readonly team?: string;
}

/** What one worker has, as far as the caller may know: for those who oversee it. */
export interface Workload {
  readonly worker: string;
  readonly name: string;
  readonly team?: string;
  readonly holds: number;
  /** For others, now. */
  readonly covers: number;
}

export interface ChildList {
  /** Which children these are: their own caseload, all of the team, those found, or none until they search. */
  readonly list: 'own' | 'team' | 'found' | 'none';
  /** By name within the page. */
  readonly children: readonly ChildView[];
  readonly next?: string;
  /** Who holds and covers how many; only with the list of all of the team. */
  readonly workload?: readonly Workload[];
}
