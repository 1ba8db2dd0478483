import { policy as shipped, type PolicyRow } from './policy.js';
import {
  isCategory,
  isHandling,
  type Disclosable,
  type Handling,
  type Level,
  type Purpose,
  type StatedPurpose,
  type Viewer,
} from './terms.js';

const EMERGENCY: Purpose = 'emergency';

/**
 * What a viewer sees of an entry. Denies by default: an agency, role, purpose, category or handling that the policy does
 * not list gives `hidden`. Several roles add up, for the same purpose.
 */
export function decide(
  viewer: Viewer,
  purpose: string,
  entry: Disclosable,
  policy: readonly PolicyRow[] = shipped,
): Level {
  const level = highest(rowsFor(viewer, purpose, policy), entry);
  // A break-glass opens what is said to be withheld, and nothing of what is hidden.
  return purpose === EMERGENCY && level === 'flag'
    ? highest(seatsFor(viewer, EMERGENCY, policy), entry) === 'full'
      ? 'full'
      : 'flag'
    : level;
}

/** The rows of the policy that speak about this viewer and purpose; none: no child is known to them. */
export function rowsFor(viewer: Viewer, purpose: string, policy: readonly PolicyRow[] = shipped): PolicyRow[] {
  // In an emergency somebody stands where they stood, and only while a break-glass for the child is live.
  if (purpose === EMERGENCY) return viewer.emergency === undefined ? [] : seatsFor(viewer, viewer.emergency, policy);
  return seatsFor(viewer, purpose, policy);
}

/** The purposes this viewer may state, in the policy's order. Empty: nothing may be asked. */
export function allowedPurposes(viewer: Viewer, policy: readonly PolicyRow[] = shipped): StatedPurpose[] {
  const stated = seatsOf(viewer, policy).flatMap(({ purposes }) => purposes);
  // Nobody states an emergency: it is asked for, child by child, with a reason (`mayBreakGlass`).
  return [...new Set(stated)].filter((purpose) => purpose !== 'emergency');
}

/** True for those whom the policy lets open what is withheld from them, in an emergency. Never a machine. */
export function mayBreakGlass(viewer: Viewer, policy: readonly PolicyRow[] = shipped): boolean {
  return !viewer.roles.includes('system') && seatsFor(viewer, EMERGENCY, policy).length > 0;
}

/**
 * The viewer as they stand towards one child: a case manager of the youth offending service who holds this child's case,
 * or is named to cover it now, is the named case manager, for this child only. `coveredBy`: those whose cover holds at
 * this moment; it gives nothing before or after, and nothing to other roles.
 */
export function forChild(viewer: Viewer, allocatedTo: readonly string[], coveredBy: readonly string[] = []): Viewer {
  const holdsCase =
    viewer.agency === 'yos' &&
    viewer.roles.includes('case-manager') &&
    [...allocatedTo, ...coveredBy].includes(viewer.who);
  return { ...viewer, holdsCase };
}

// That somebody is the named case manager follows from the allocation alone, whatever their token says.
function seatsOf(viewer: Viewer, policy: readonly PolicyRow[]): PolicyRow[] {
  return policy.filter(
    ({ agency, role }) =>
      agency === viewer.agency &&
      (role === 'named-case-manager' ? viewer.holdsCase === true : viewer.roles.includes(role)),
  );
}

function seatsFor(viewer: Viewer, purpose: string, policy: readonly PolicyRow[]): PolicyRow[] {
  return seatsOf(viewer, policy).filter(({ purposes }) => (purposes as readonly string[]).includes(purpose));
}

function highest(rows: readonly PolicyRow[], entry: Disclosable): Level {
  const levels = rows.map((row) => levelOf(row, entry));
  return levels.includes('full') ? 'full' : levels.includes('flag') ? 'flag' : 'hidden';
}

function levelOf(row: PolicyRow, entry: Disclosable): Level {
  // What an agency published it knows: withholding it from its own people would protect nobody.
  if (entry.agency === row.agency) return 'full';
  return handled(row, entry.handling, granted(row, entry.category));
}

function granted(row: PolicyRow, category: string): Level {
  if (!isCategory(category)) return 'hidden';
  if (row.full.includes(category)) return 'full';
  return row.flag.includes(category) ? 'flag' : 'hidden';
}

/** Handling only ever takes away; of several, the strictest holds, whatever their order. */
function handled(row: PolicyRow, handling: string, level: Level): Level {
  const marks = handling.split(/\s+/).filter((mark) => mark !== '');
  if (!marks.every(isHandling) || marks.includes('originator-only')) return 'hidden';
  const lowered = marks.reduce((lowest, mark) => lower(row, mark, lowest), level);
  return marks.includes('existence-discloses') && lowered !== 'full' ? 'hidden' : lowered;
}

function lower(row: PolicyRow, mark: Handling, level: Level): Level {
  if (level !== 'full') return level;
  if (mark === 'conditions-apply') return 'flag';
  return mark === 'professional-only' && row.role === 'system' ? 'flag' : level;
}
