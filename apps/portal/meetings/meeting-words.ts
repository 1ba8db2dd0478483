import { purposes } from '../../../libs/disclosure/terms.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import type { HeldFact } from '../../../libs/kernel/capability.js';
import { dayInLondon, dayInWords, instantInWords, isDay } from '../../../libs/kernel/london.js';
import { said, type Action } from '../../../libs/meetings/actions.js';
import { seatsOf, type Forum, type Why } from '../../../libs/meetings/forum.js';
import type { Looker } from '../looks/looker.js';
import { childWords } from '../pages/children-model.js';
import { agencyWords } from '../pages/words.js';
import type { ShownEntry } from '../timeline/child-entries.js';
import type { ForumMeetings } from './meeting-room.js';
import { mayFinish } from './meeting-sayings.js';
import type { MeetingChild, MeetingView } from './meeting-view.js';

const whyWords: Readonly<Record<Why, string>> = {
  'missing-now': 'Missing now',
  'interview-due': 'Back, and what follows a return is not done',
  'missing-since': 'Missing since the last meeting',
  exploitation: 'Concern about exploitation',
  'open-action': 'An action is open',
};

/** Lines of an entry that a list has room for: the rest is on the timeline. */
const LINES = 4;

export function listWords(all: readonly ForumMeetings[], today: string) {
  return all.map(({ forum, convenes, meetings }) => {
    const row = (one: { id: string; on: string; heldAt?: string }) => ({
      id: one.id,
      on: dayInWords(one.on),
      state: one.heldAt === undefined ? (one.on < today ? 'Not closed yet' : undefined) : 'Closed',
    });
    return {
      ...{ kind: forum.kind, name: forum.name, convenes },
      upcoming: meetings
        .filter(({ on, heldAt }) => on >= today && heldAt === undefined)
        .map(row)
        .reverse(),
      past: meetings.filter(({ on, heldAt }) => on < today || heldAt !== undefined).map(row),
    };
  });
}

/** A meeting in words, for its page, the reader's copy and the print. `at`: RFC 3339, when it was read. */
export function meetingWords(view: MeetingView, looker: Looker, by: string, at: string) {
  const { meeting, forum, period, attendance, children } = view;
  const { agency, roles } = looker.viewer;
  const today = dayInLondon(at);
  const seat = seatsOf(forum, agency, roles)[0]?.title ?? '';
  return {
    ...{ id: meeting.id, forum: forum.name, on: dayInWords(meeting.on) },
    closed: meeting.heldAt === undefined ? undefined : instantInWords(meeting.heldAt),
    since: instantInWords(period.since),
    attendance: forum.seats.map((one) => ({
      title: one.title,
      field: seatField(one),
      name: attendance.find((came) => came.agency === one.agency && came.role === one.role)?.name ?? '',
    })),
    children: children.map((child) => childOf(child, forum, looker, today)),
    asKnown: instantInWords(at),
    madeBy: `${by}, ${isAgency(agency) ? agencyWords[agency].name : ''}`,
    madeFor: seat,
    purpose: purposes[looker.purpose],
  };
}

export type MeetingWords = ReturnType<typeof meetingWords>;

export const seatField = ({ agency, role }: { readonly agency: string; readonly role: string }): string =>
  `came-${agency}-${role}`;

function childOf(child: MeetingChild, forum: Forum, looker: Looker, today: string) {
  const { view, reasons, changed, decisions, actions } = child;
  return {
    ...childWords(view),
    // Of who holds the case nothing is said to those who may not know: not that nobody does.
    holder: view.caseManager,
    reasons: reasons.map(({ why, entries }) => ({
      text: whyWords[why],
      entries: entries.map((entry) => `${entry.title}, ${entry.occurred} (${agencyWords[entry.agency].name})`),
    })),
    // Due, and nobody who reads this may be told by what.
    withheld: reasons.length === 0,
    changed: changed.map(entryOf),
    decisions: decisions.map(decisionOf),
    actions: actions.map((action) => actionOf(action, today, mayFinish(looker, forum, action))),
  };
}

function entryOf(entry: ShownEntry) {
  return {
    ...{ id: entry.id, title: entry.title, occurred: entry.occurred, lines: entry.lines.slice(0, LINES) },
    agency: agencyWords[entry.agency],
    recorded: instantInWords(entry.recordedAt),
  };
}

function decisionOf(fact: HeldFact) {
  return { text: said(fact, 'decision'), by: agencyWords[fact.agency].name, at: instantInWords(fact.occurredAt) };
}

export function actionOf({ id, task, owner, dueOn, done }: Action, today: string, mine: boolean) {
  const agency = isAgency(owner.agency) ? agencyWords[owner.agency].name : owner.agency;
  return {
    ...{ id, task, owner: `${agency}, ${owner.role.replaceAll('-', ' ')}` },
    due: isDay(dueOn) ? dayInWords(dueOn) : 'no day',
    late: !done && isDay(dueOn) && dueOn < today,
    done: done && { at: instantInWords(done.occurredAt), outcome: said(done, 'outcome') },
    mine: mine && !done,
  };
}
