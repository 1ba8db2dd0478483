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
  'social-worker': worker,
  officer: worker,
  lead: worker,
  auditor: [],
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

/** Free text of what was said of an entry: for professionals, whoever may see the entry itself. */
export const FREE_TEXT = 'professional-only';
