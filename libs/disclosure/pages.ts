import { isAgency, type Agency } from '../kernel/agency.js';
import { allowedPurposes } from './decide.js';
import type { Role, StatedPurpose, Viewer } from './terms.js';

/** The portal's pages. Staff do not state a purpose at every click: it follows from role and page. */
export type Page =
  | 'caseload'
  | 'search'
  | 'timeline'
  | 'chronology'
  | 'duties'
  | 'boards'
  | 'review'
  | 'audit'
  | 'break-glass'
  | 'today'
  | 'inbox'
  | 'sources'
  | 'quarantine'
  | 'partner'
  | 'meetings'
  | 'rota';

interface Seat {
  readonly role: Role;
  readonly pages: readonly Page[];
  readonly purpose: StatedPurpose;
}

const daily: readonly Page[] = ['caseload', 'search', 'timeline', 'chronology'];
const told: readonly Page[] = [...daily, 'inbox', 'today'];
const safeguarding: readonly Page[] = [...told, 'duties', 'boards'];

// In this order for those with several roles: work with a child before oversight of it, and an audit only on its page.
const seats: readonly Seat[] = [
  { role: 'case-manager', pages: safeguarding, purpose: 'case-management' },
  { role: 'team-manager', pages: [...safeguarding, 'sources', 'quarantine'], purpose: 'supervision-of-staff' },
  { role: 'duty-officer', pages: [...safeguarding, 'sources', 'quarantine'], purpose: 'duty' },
  { role: 'head-of-service', pages: safeguarding, purpose: 'supervision-of-staff' },
  { role: 'team-manager', pages: safeguarding, purpose: 'safeguarding' },
  { role: 'social-worker', pages: safeguarding, purpose: 'safeguarding' },
  { role: 'return-interviewer', pages: safeguarding, purpose: 'safeguarding' },
  { role: 'officer', pages: safeguarding, purpose: 'safeguarding' },
  { role: 'officer', pages: told, purpose: 'transition' },
  { role: 'lead', pages: safeguarding, purpose: 'safeguarding' },
  { role: 'auditor', pages: [...daily, 'audit'], purpose: 'audit' },
  // Who is on duty, for those whom it may be.
  { role: 'team-manager', pages: ['rota'], purpose: 'supervision-of-staff' },
  { role: 'duty-officer', pages: ['rota'], purpose: 'duty' },
  { role: 'head-of-service', pages: ['rota'], purpose: 'supervision-of-staff' },
  { role: 'case-manager', pages: ['rota'], purpose: 'case-management' },
  // Agencies meet to protect a child, whatever each of them does on other days.
  { role: 'team-manager', pages: ['meetings'], purpose: 'safeguarding' },
  { role: 'case-manager', pages: ['meetings'], purpose: 'safeguarding' },
  { role: 'social-worker', pages: ['meetings'], purpose: 'safeguarding' },
  { role: 'officer', pages: ['meetings'], purpose: 'safeguarding' },
  { role: 'lead', pages: ['meetings'], purpose: 'safeguarding' },
  // Break-glasses are reviewed by whoever oversees the work, and by information governance.
  { role: 'team-manager', pages: ['break-glass'], purpose: 'supervision-of-staff' },
  { role: 'auditor', pages: ['break-glass'], purpose: 'audit' },
  // A review is opened as one: its page is its purpose, whatever else somebody's work is.
  { role: 'team-manager', pages: ['review'], purpose: 'learning-review' },
  { role: 'auditor', pages: ['review'], purpose: 'learning-review' },
];

// Pages about messages and never about a child. The policy has no row for these roles, so that no child is known to them.
const desks: readonly (Seat & { readonly agencies: (agency: string) => agency is Agency })[] = [
  { role: 'integration', agencies: isAgency, pages: ['partner'], purpose: 'publishing-partner' },
  { role: 'operator', agencies: runsTheHub, pages: ['quarantine', 'sources'], purpose: 'operation' },
];

/** The purpose for which this viewer opens this page; undefined: the page is not for them. */
export function purposeOf(viewer: Viewer, page: Page): StatedPurpose | undefined {
  const allowed = allowedPurposes(viewer);
  const opens = (seat: Seat): boolean => viewer.roles.includes(seat.role) && seat.pages.includes(page);
  const seat = seats.find((one) => opens(one) && allowed.includes(one.purpose));
  return (seat ?? desks.find((one) => opens(one) && one.agencies(viewer.agency)))?.purpose;
}

/**
 * True for those who may end the work on a message for good. One that may report a missing child is ended by somebody who
 * answers for children, and not by whoever runs the machine (ADR 23).
 */
export function mayClose(viewer: Viewer, message: { readonly urgent: boolean }): boolean {
  const purpose = purposeOf(viewer, 'quarantine');
  return purpose !== undefined && (purpose !== 'operation' || !message.urgent);
}

function runsTheHub(agency: string): agency is Agency {
  return agency === 'yos';
}
