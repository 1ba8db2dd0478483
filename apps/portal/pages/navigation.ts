import { purposeOf, type Page } from '../../../libs/disclosure/pages.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';

/** The rooms of the portal, in the order of its navigation. A room that a role does not open is not offered to it. */
const places: readonly { readonly href: string; readonly text: string; readonly page: Page }[] = [
  { href: '/today', text: 'Today', page: 'today' },
  { href: '/children', text: 'Children', page: 'caseload' },
  { href: '/boards', text: 'Boards', page: 'boards' },
  { href: '/duties', text: 'Duties', page: 'duties' },
  { href: '/break-glass', text: 'Emergency access', page: 'break-glass' },
  { href: '/quarantine', text: 'Quarantine', page: 'quarantine' },
  { href: '/sources', text: 'Sources', page: 'sources' },
  { href: '/partner', text: 'What we sent', page: 'partner' },
  { href: '/audit', text: 'Audit', page: 'audit' },
];

/** What the navigation offers this viewer; `here` is the path of the page being shown. */
export function navigationFor(viewer: Viewer, here: string): { href: string; text: string; active: boolean }[] {
  return places
    .filter(({ page }) => purposeOf(viewer, page) !== undefined)
    .map(({ href, text }) => ({ href, text, active: here === href || here.startsWith(`${href}/`) }));
}

/** Where somebody begins who asked for no page of their own: their children, or the first room that their role opens. */
export function homeFor(viewer: Viewer): string {
  if (purposeOf(viewer, 'caseload') !== undefined) return '/children';
  return navigationFor(viewer, '')[0]?.href ?? '/children';
}
