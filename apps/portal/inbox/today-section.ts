import { isAgency } from '../../../libs/kernel/agency.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { noticeName, roleWords } from '../../../libs/safeguarding/words.js';
import { viewsOf } from '../children/child-view.js';
import { agencyWords } from '../pages/words.js';
import type { Section, SheetContext } from '../today/sheet.js';
import { readNotices } from './notice-rows.js';
import { toldNotices, type ToldNotice } from './told-notices.js';

const DAY_MS = 86_400_000;
const LOOKED_AT_DAYS = 30;
const MOST = 200;

/** Urgent notices that nobody has acknowledged in time, and those that nobody is there to read: for whoever oversees. */
export async function notAcknowledged(context: SheetContext): Promise<Section | undefined> {
  const { database, clock, looker, watching } = context;
  const { viewer } = looker;
  if (viewer.agency !== 'yos' || !viewer.roles.some((role) => role === 'team-manager' || role === 'duty-officer')) {
    return undefined;
  }
  const since = new Date(clock.now() - LOOKED_AT_DAYS * DAY_MS).toISOString();
  const rows = await readNotices(database, { reader: viewer, since, staffedSince: since, open: true, limit: MOST });
  const told = await toldNotices(database, viewer, rows, watching);
  const late = told.filter(({ told: { why } }) => why !== 'addressed');
  const names = await namesOf(context, late);
  return {
    id: 'notices',
    title: 'Notices not yet acknowledged',
    empty: 'Somebody has acknowledged every urgent notice, and every notice has a reader.',
    urgent: true,
    items: late.map(({ row, told: { why }, content, known }) => {
      const name = names.get(row.child);
      const whom = `${isAgency(row.agency) ? agencyWords[row.agency].name : row.agency}, ${roleWords(row.role)}`;
      return {
        item: `notice ${row.id}`,
        title: noticeName(row.kind) ?? 'A notice',
        detail: `Told ${instantInWords(row.raisedAt)} to ${whom}: ${why === 'nobody-there' ? 'nobody is there to read it' : 'nobody has acknowledged it'}. It is in your inbox.`,
        marks: row.urgency === 'urgent' ? ['Urgent'] : [],
        standing: true,
        events: content.map(({ key }) => key),
        ...(known && name !== undefined ? { child: { id: row.child, name } } : {}),
      };
    }),
  };
}

async function namesOf({ looker, ...parts }: SheetContext, told: readonly ToldNotice[]): Promise<Map<string, string>> {
  const children = [
    ...new Map(told.flatMap(({ child, known }) => (child && known ? [[child.id, child]] : []))).values(),
  ];
  const views = await viewsOf(children, looker, parts);
  return new Map(views.map(({ id, name }) => [id, name ?? 'Name not known']));
}
