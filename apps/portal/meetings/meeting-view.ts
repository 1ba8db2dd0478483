import type { HeldFact } from '../../../libs/kernel/capability.js';
import { dayInLondon } from '../../../libs/kernel/london.js';
import { actionsOf, decisionsOf, meetingTypes, type Action } from '../../../libs/meetings/actions.js';
import type { Reason } from '../../../libs/meetings/due.js';
import type { Forum } from '../../../libs/meetings/forum.js';
import { periodOf, type Period } from '../../../libs/meetings/period.js';
import { viewsOf, type ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import { readEntries, type ShownEntry } from '../timeline/child-entries.js';
import { agendaFor, type AgendaItem, type AgendaParts } from './agenda.js';
import { changedEntries } from './due-rows.js';
import { readAttendance, readMeetings, type Attendance, type Meeting } from './meeting-store.js';

/** One child, as one reader may have it. */
export interface MeetingChild {
  readonly item: AgendaItem;
  readonly view: ChildView;
  /** Each with the entries it rests on that the reader sees in full. */
  readonly reasons: readonly (Omit<Reason, 'causes'> & { readonly entries: readonly ShownEntry[] })[];
  /** Recorded since the last meeting, newest first. */
  readonly changed: readonly ShownEntry[];
  readonly decisions: readonly HeldFact[];
  /** Open, or done at or since this meeting was the last. */
  readonly actions: readonly Action[];
}

export interface MeetingView {
  readonly meeting: Meeting;
  readonly forum: Forum;
  readonly period: Period;
  readonly attendance: readonly Attendance[];
  /** In order of name; whoever the reader may not have is not there, and not counted. */
  readonly children: readonly MeetingChild[];
}

/** A meeting as this looker may have it. The look is the caller's to write down. */
export async function viewMeeting(
  parts: AgendaParts,
  looker: Looker,
  forum: Forum,
  meeting: Meeting,
): Promise<MeetingView> {
  const period = await readPeriod(parts, forum, meeting);
  const items = await agendaFor(parts, looker, forum, meeting, period);
  const views = await viewsOf(
    items.map(({ known }) => known.row),
    looker,
    parts,
  );
  const children = await Promise.all(items.map(async (item) => childOf(parts, item, views, forum, meeting, period)));
  return {
    ...{ meeting, forum, period, attendance: await readAttendance(parts.database, meeting.id) },
    children: children.flat().toSorted(byName),
  };
}

export async function readPeriod(parts: AgendaParts, forum: Forum, meeting: Meeting): Promise<Period> {
  const today = dayInLondon(new Date(parts.clock.now()).toISOString());
  return periodOf(forum, meeting, await readMeetings(parts.database, [forum.kind]), today);
}

/** Ids of the entries whose content a child's part of the list shows: for the audit. */
export function shownOf({ reasons, changed, decisions, actions }: MeetingChild): string[] {
  const facts = [...decisions, ...actions.flatMap(({ set, done }) => [set, ...(done ? [done] : [])])];
  const entries = [...reasons.flatMap((reason) => reason.entries), ...changed];
  return [...new Set([...entries.map(({ id }) => id), ...facts.map(({ event }) => event)])];
}

async function childOf(
  parts: AgendaParts,
  item: AgendaItem,
  views: readonly ChildView[],
  forum: Forum,
  meeting: Meeting,
  period: Period,
): Promise<MeetingChild[]> {
  const { seen, facts } = item;
  const view = views.find(({ id }) => id === seen.child);
  if (!view) return [];
  const changed = await changedEntries(parts.database, seen, period, meetingTypes);
  const eventOf = new Map(facts.map(({ fact, event }) => [fact, event]));
  const causes = item.reasons.flatMap((reason) => reason.causes.flatMap((cause) => eventOf.get(cause) ?? []));
  const ids = [...new Set([...changed, ...causes])];
  const entries =
    ids.length === 0 ? [] : await readEntries(parts, { seen, filter: {}, only: { entries: ids }, limit: ids.length });
  const shown = entries.filter(({ erased }) => !erased);
  return [
    {
      ...{ item, view },
      reasons: item.reasons.map((reason) => ({
        why: reason.why,
        entries: shown.filter(({ fact }) => reason.causes.includes(fact)),
      })),
      changed: shown.filter(({ id }) => changed.includes(id)),
      decisions: decisionsOf(facts, meeting.id),
      actions: actionsOf(facts).filter((action) => action.forum === forum.kind && isOfNow(action, period)),
    },
  ];
}

function isOfNow({ done }: Action, { since }: Period): boolean {
  return !done || Date.parse(done.recordedAt) > Date.parse(since);
}

// Children without a name last.
function byName({ view: one }: MeetingChild, { view: other }: MeetingChild): number {
  return key(one).localeCompare(key(other), 'en-GB') || (one.id < other.id ? -1 : 1);
}

const key = ({ name, familyName }: ChildView): string => (name === undefined ? '￿' : `${familyName ?? ''} ${name}`);
