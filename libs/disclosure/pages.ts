import { allowedPurposes } from './decide.js';
import type { Role, StatedPurpose, Viewer } from './terms.js';

/** The portal's pages that show children. Staff do not state a purpose at every click: it follows from role and page. */
export type Page =
  'caseload' | 'search' | 'timeline' | 'chronology' | 'review' | 'audit' | 'break-glass' | 'today' | 'sources';

interface Seat {
  readonly role: Role;
  readonly pages: readonly Page[];
  readonly purpose: StatedPurpose;
}

const daily: readonly Page[] = ['caseload', 'search', 'timeline', 'chronology'];

// In this order for those with several roles: work with a child before oversight of it, and an audit only on its page.
const seats: readonly Seat[] = [
  { role: 'case-manager', pages: [...daily, 'today'], purpose: 'case-management' },
  { role: 'team-manager', pages: [...daily, 'today', 'sources'], purpose: 'supervision-of-staff' },
  { role: 'duty-officer', pages: [...daily, 'today', 'sources'], purpose: 'duty' },
  { role: 'social-worker', pages: daily, purpose: 'safeguarding' },
  { role: 'officer', pages: daily, purpose: 'safeguarding' },
  { role: 'officer', pages: daily, purpose: 'transition' },
  { role: 'lead', pages: daily, purpose: 'safeguarding' },
  { role: 'auditor', pages: [...daily, 'audit'], purpose: 'audit' },
  // Break-glasses are reviewed by whoever oversees the work, and by information governance.
  { role: 'team-manager', pages: ['break-glass'], purpose: 'supervision-of-staff' },
  { role: 'auditor', pages: ['break-glass'], purpose: 'audit' },
  // A review is opened as one: its page is its purpose, whatever else somebody's work is.
  { role: 'team-manager', pages: ['review'], purpose: 'learning-review' },
  { role: 'auditor', pages: ['review'], purpose: 'learning-review' },
];

/** The purpose for which this viewer opens this page; undefined: the page is not for them. */
export function purposeOf(viewer: Viewer, page: Page): StatedPurpose | undefined {
  const allowed = allowedPurposes(viewer);
  return seats.find(
    (seat) => viewer.roles.includes(seat.role) && seat.pages.includes(page) && allowed.includes(seat.purpose),
  )?.purpose;
}
