import { purposeOf, type Page } from '../../../libs/disclosure/pages.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';

/** The rooms of the portal, in the order of its navigation. A room that a role does not open is not offered to it. */
const places: readonly { readonly href: string; readonly text: string; readonly page: Page }[] = [
  { href: '/today', text: 'Today', page: 'today' },
  { href: '/inbox', text: 'Inbox', page: 'inbox' },
  { href: '/children', text: 'Children', page: 'caseload' },
  { href: '/boards', text: 'Boards', page: 'boards' },
  { href: '/duties', text: 'Duties', page: 'duties' },
  { href: '/meetings', text: 'Meetings', page: 'meetings' },
  { href: '/rota', text: 'Rota', page: 'rota' },
  { href: '/break-glass', text: 'Emergency access', page: 'break-glass' },
  { href: '/quarantine', text: 'Quarantine', page: 'quarantine' },
  { href: '/sources', text: 'Sources', page: 'sources' },
  { href: '/partner', text: 'What we sent', page: 'partner' },
  { href: '/audit', text: 'Audit', page: 'audit' },
];

interface Place {
  readonly href: string;
  readonly text: string;
  readonly active: boolean;
  /** Instead of the text: with how much waits there. */
  readonly html?: string;
}

/** What the navigation offers this viewer; `here` is the path of the page being shown, `waiting` how many notices nobody acknowledged. */
export function navigationFor(viewer: Viewer, here: string, waiting: number): Place[] {
  return places
    .filter(({ page }) => purposeOf(viewer, page) !== undefined)
    .map(({ href, text, page }) => ({
      ...{ href, text, active: here === href || here.startsWith(`${href}/`) },
      ...(page === 'inbox' ? { html: `${text}${badge(waiting)}` } : {}),
    }));
}

// Brought up to date by the script, where there is one.
function badge(waiting: number): string {
  const hidden = waiting === 0 ? ' hidden' : '';
  return ` <span class="moj-notification-badge" data-inbox="/inbox/changes"${hidden}><span data-waiting>${waiting}</span><span class="govuk-visually-hidden"> not acknowledged</span></span>`;
}

/** Where somebody begins who asked for no page of their own: their children, or the first room that their role opens. */
export function homeFor(viewer: Viewer): string {
  if (purposeOf(viewer, 'caseload') !== undefined) return '/children';
  return navigationFor(viewer, '', 0)[0]?.href ?? '/children';
}
