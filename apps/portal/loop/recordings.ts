import { rowsFor } from '../../../libs/disclosure/decide.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';
import { settles } from '../../../libs/safeguarding/missing/missing.duties.js';
import type { EpisodeInSight } from './episodes-in-sight.js';

/** What somebody may record in the hub about a loop, besides their case system. */
export interface MayRecord {
  /** What came of the police's prevention interview. */
  readonly prevention: boolean;
  /** That an interview was offered, declined, held or not held. */
  readonly interview: boolean;
  /** How an interview was used in the plan. */
  readonly use: boolean;
}

/** `viewer`: as they stand towards the child. A prevention interview is the force's to record, a return home interview the authority's; its use that of whoever has the case. */
export function mayRecord(viewer: Viewer, purpose: string): MayRecord {
  const rows = rowsFor(viewer, purpose);
  const as = (agency: string, ...roles: readonly string[]): boolean =>
    rows.some((row) => row.agency === agency && roles.includes(row.role));
  return {
    prevention: as('police', 'officer'),
    interview: as('social-care', 'social-worker', 'return-interviewer'),
    use: viewer.holdsCase === true && as('yos', 'named-case-manager'),
  };
}

/**
 * An interview follows a return, and until it has settled something can be recorded: that it was not held settles nothing until
 * somebody says why. Also of a child who is back from custody.
 */
export function canInterview({ episode, interviews }: Pick<EpisodeInSight, 'episode' | 'interviews'>): boolean {
  const back = episode.returned !== undefined || episode.found !== undefined;
  return episode.kind === 'missing' && back && !interviews.some(settles);
}
