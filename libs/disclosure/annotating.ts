import { rowsFor } from './decide.js';
import { policy as shipped, type PolicyRow } from './policy.js';
import type { Purpose, Role, Viewer } from './terms.js';

/** What people may say of what they see. */
export type Act = 'mark' | 'dispute' | 'ask-why';

const worker: readonly Act[] = ['mark', 'dispute', 'ask-why'];

/** By role: whoever works with children. A machine passes no judgement, and an auditor changes nothing. */
export const annotating: Readonly<Record<Role, readonly Act[]>> = {
  'case-manager': worker,
  'named-case-manager': worker,
  'team-manager': worker,
  'duty-officer': worker,
  'head-of-service': worker,
  'social-worker': worker,
  'return-interviewer': worker,
  officer: worker,
  lead: worker,
  auditor: [],
  integration: [],
  operator: [],
  system: [],
};

/** A review looks back: what it leaves behind would be taken for what was known. */
const looksBack: readonly Purpose[] = ['learning-review', 'audit', 'publishing-partner'];

/** The role in which this viewer may do so for this purpose; undefined: not theirs to do. */
export function roleFor(
  viewer: Viewer,
  purpose: Purpose,
  act: Act,
  policy: readonly PolicyRow[] = shipped,
): Role | undefined {
  if (looksBack.includes(purpose)) return undefined;
  return rowsFor(viewer, purpose, policy).find(({ role }) => annotating[role].includes(act))?.role;
}

/**
 * Whether this viewer may read the words of what was said of an entry that they see in full: they are for professionals, as if
 * marked `professional-only`, and for the agency that said them.
 */
export function mayReadWords(viewer: Viewer, purpose: string, saidBy: string): boolean {
  return rowsFor(viewer, purpose).some(({ agency, role }) => agency === saidBy || role !== 'system');
}
