import { dayInLondon, dayInWords, instantInWords } from '../../../libs/kernel/london.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { threadsOf } from '../../../libs/notifications/threads.js';
import { noticeName, roleWords } from '../../../libs/safeguarding/words.js';
import { agencyWords } from '../pages/words.js';
import type { InboxNotice, InboxPage } from './inbox.js';

export function inboxModel({ notices, interrupted }: InboxPage, who: string) {
  const own = interrupted.find((one) => one.who === who);
  const recalled = notices.filter(({ row }) => row.state === 'recalled');
  const told = notices.filter(({ row }) => row.state === 'told');
  const threads = threadsOf(told.filter(({ digest }) => digest === undefined).map(threaded));
  const digests = [...Map.groupBy(told, ({ digest }) => digest ?? '')]
    .filter(([at]) => at !== '')
    .toSorted(([one], [other]) => (one < other ? 1 : -1));
  return {
    urgent: threads.filter(({ urgent }) => urgent).map(threadWords),
    open: threads.filter(({ urgent, open }) => open && !urgent).map(threadWords),
    done: threads.filter(({ open }) => !open).map(threadWords),
    digests: digests.map(([at, some]) => ({
      at,
      day: dayInWords(dayInLondon(at)),
      open: some.some(({ open }) => open),
      notices: some.map(noticeWords),
    })),
    recalled: recalled.map(({ row }) => ({
      id: row.id,
      raised: instantInWords(row.raisedAt),
      recalled: instantInWords(row.endedAt ?? row.raisedAt),
    })),
    interrupted: {
      own: { urgent: own?.urgent ?? 0, ordinary: own?.ordinary ?? 0 },
      others: interrupted.filter((one) => one.who !== who),
    },
  };
}

const threaded = (notice: InboxNotice) => ({
  ...notice,
  thread: notice.row.thread,
  urgency: notice.row.urgency,
  raisedAt: notice.row.raisedAt,
});

function threadWords({ id, urgent, open, notices }: ReturnType<typeof threadsOf<ReturnType<typeof threaded>>>[number]) {
  const newest = notices[0];
  const possible = notices.every(({ row }) => row.possible);
  const known = notices.find((one) => one.known);
  return {
    ...{ id, urgent, open, possible },
    title: newest ? titleOf(newest) : '',
    childName: notices.find(({ childName }) => childName !== undefined)?.childName,
    ...(known ? { child: known.row.child } : {}),
    why: newest ? whyOf(newest) : undefined,
    notices: notices.map(noticeWords),
  };
}

function noticeWords(notice: InboxNotice) {
  const { row, facts, offered, childName, known } = notice;
  return {
    id: row.id,
    title: titleOf(notice),
    raised: instantInWords(row.raisedAt),
    datetime: row.raisedAt,
    possible: row.possible,
    childName,
    ...(known ? { child: row.child } : {}),
    facts: facts.map(({ title, occurred, agency, lines }) => ({
      ...{ title, occurred, lines },
      agency: agencyWords[agency],
    })),
    calledOff: row.kind === 'interview-slot-gone',
    slots: offered.map(({ at, place }) => ({ at: instantInWords(at), place: place.replaceAll('-', ' ') })),
    acknowledged: row.acknowledgedBy.map(({ name, agency, at }) => ({
      ...{ name, agency: nameOf(agency) },
      at: instantInWords(new Date(at).toISOString()),
    })),
  };
}

// What it is called rests on its first cause: where the reader does not see that one, on what they see.
function titleOf({ row, content, slots, facts }: InboxNotice): string {
  const [first] = row.causes.split(' ');
  return [...content, ...slots].some(({ fact }) => fact === first)
    ? (noticeName(row.kind) ?? 'A notice')
    : (facts[0]?.title ?? 'Something new');
}

function whyOf({ row, told }: InboxNotice): string | undefined {
  if (told.why === 'addressed') return undefined;
  const whom = `${nameOf(row.agency)}, ${roleWords(row.role)}`;
  return told.why === 'nobody-there'
    ? `For ${whom}: nobody is there to read it. It is yours until somebody is.`
    : `For ${whom}: nobody has acknowledged it. Ring them, or acknowledge it yourself.`;
}

const nameOf = (agency: string): string => (isAgency(agency) ? agencyWords[agency].name : agency);
