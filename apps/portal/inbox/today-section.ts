import { isAgency } from '../../../libs/kernel/agency.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { mayBeToldBeside } from '../../../libs/notifications/addressing.js';
import { digestAt } from '../../../libs/notifications/digest.js';
import { onRota } from '../../../libs/notifications/rota.js';
import { threadsOf, type Thread } from '../../../libs/notifications/threads.js';
import { noticeName, roleWords } from '../../../libs/safeguarding/words.js';
import { viewsOf } from '../children/child-view.js';
import { agencyWords } from '../pages/words.js';
import type { Section, SheetContext, SheetItem } from '../today/sheet.js';
import { readNotices } from './notice-rows.js';
import { toldNotices, type ToldNotice } from './told-notices.js';

const DAY_MS = 86_400_000;
const LOOKED_AT_DAYS = 30;
const MOST = 200;

/**
 * What waits in the reader's inbox: one item a thread. Whoever oversees also has urgent notices that nobody has acknowledged in time,
 * and those that nobody is there to read.
 */
export async function notAcknowledged(context: SheetContext): Promise<Section> {
  const { database, clock, looker, watching } = context;
  const { viewer } = looker;
  const since = new Date(clock.now() - LOOKED_AT_DAYS * DAY_MS).toISOString();
  const reader = onRota(viewer, watching.duty);
  const beside = mayBeToldBeside(reader, watching);
  const rows = await readNotices(database, { reader, beside, since, staffedSince: since, open: true, limit: MOST });
  const told = (await toldNotices(database, viewer, rows, watching)).filter(
    ({ row }) => row.urgency !== 'digest' || Date.parse(digestAt(row.raisedAt)) <= clock.now(),
  );
  const names = await namesOf(context, told);
  const threads = threadsOf(
    told.map((one) => {
      const { thread, urgency, raisedAt } = one.row;
      return { ...one, thread, urgency, raisedAt, open: true };
    }),
  );
  return {
    id: 'notices',
    title: 'Notices not yet acknowledged',
    empty: 'No notice waits for you.',
    urgent: threads.some(({ urgent }) => urgent),
    items: threads.flatMap((thread) => threadItem(thread, names)),
  };
}

function threadItem({ id, urgent, notices }: Thread<ToldNotice>, names: ReadonlyMap<string, string>): SheetItem[] {
  const [newest] = notices;
  if (!newest) return [];
  const { row, content, slots, told } = newest;
  const known = notices.find((one) => one.known);
  const name = names.get(row.child);
  const possible = notices.every((one) => one.row.possible);
  // What it is called rests on its first cause.
  const named = [...content, ...slots].some(({ fact }) => fact === row.causes.split(' ')[0]);
  return [
    {
      item: `notices ${id}`,
      title: (named ? noticeName(row.kind) : undefined) ?? 'Something new',
      detail: `Told ${instantInWords(row.raisedAt)}${whyOf(row, told)}${notices.length > 1 ? `, and ${notices.length - 1} before` : ''}.`,
      more: { href: `/inbox#thread-${id}`, text: 'Read and acknowledge it' },
      marks: [...(urgent ? ['Urgent'] : []), ...(possible ? ['May concern your child'] : [])],
      standing: true,
      events: notices.flatMap((one) => [...one.content, ...one.slots].map(({ key }) => key)),
      ...(known && name !== undefined ? { child: { id: row.child, name } } : {}),
    },
  ];
}

function whyOf({ agency, role }: ToldNotice['row'], { why }: ToldNotice['told']): string {
  if (why === 'addressed') return '';
  const whom = `${isAgency(agency) ? agencyWords[agency].name : agency}, ${roleWords(role)}`;
  return ` to ${whom}: ${why === 'nobody-there' ? 'nobody is there to read it' : 'nobody has acknowledged it'}`;
}

async function namesOf({ looker, ...parts }: SheetContext, told: readonly ToldNotice[]): Promise<Map<string, string>> {
  const children = [
    ...new Map(told.flatMap(({ child, known }) => (child && known ? [[child.id, child]] : []))).values(),
  ];
  const views = await viewsOf(children, looker, parts);
  return new Map(views.map(({ id, name }) => [id, name ?? 'Name not known']));
}
