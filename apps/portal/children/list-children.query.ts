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
  ) {}
}

export interface ChildList {
  /** Which children these are: their own caseload, all of the team, those found, or none until they search. */
  readonly list: 'own' | 'team' | 'found' | 'none';
  /** By name within the page. */
  readonly children: readonly ChildView[];
  readonly next?: string;
}
