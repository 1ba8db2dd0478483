import { randomUUID } from 'node:crypto';
import { convenes, forumOf, forums, seatsOf, type Forum, type Seat } from '../../../libs/meetings/forum.js';
import { badRequest, notFound } from '../../../libs/platform/problems/problem.js';
import { notYours } from '../annotations/keep-saying.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { dueAt, type AgendaParts } from './agenda.js';
import {
  addMeeting,
  closeMeeting,
  readMeeting,
  readMeetings,
  writeAttendance,
  type Attendance,
  type Meeting,
} from './meeting-store.js';
import { readPeriod, shownOf, viewMeeting, type MeetingChild, type MeetingView } from './meeting-view.js';

/** How a meeting is looked at: on its page, or the reader's own copy, read or printed. */
export type Looking = 'read' | 'pack' | 'print';

export interface ForumMeetings {
  readonly forum: Forum;
  readonly convenes: boolean;
  readonly meetings: readonly Meeting[];
}

/** Meetings as somebody who sits on their forum may see them. Whoever does not is answered as if there were none. */
export class MeetingRoom {
  constructor(
    readonly parts: AgendaParts,
    private readonly looks: Looks,
  ) {}

  /** The forums this looker sits on, each with its meetings, the latest first. */
  async list(looker: Looker): Promise<ForumMeetings[]> {
    const { agency, roles } = looker.viewer;
    const own = forums.filter((forum) => seatsOf(forum, agency, roles).length > 0);
    const all = await readMeetings(
      this.parts.database,
      own.map(({ kind }) => kind),
    );
    await this.looks.record(looker, { what: 'meetings.list', outcome: 'shown', details: {} });
    return own.map((forum) => ({
      forum,
      convenes: convenes(forum, agency, roles),
      meetings: all.filter((meeting) => meeting.forum === forum.kind),
    }));
  }

  /** Written down for each child with the entries shown, before it is answered. Throws 404. */
  async read(looker: Looker, id: string, how: Looking): Promise<MeetingView> {
    const { forum, meeting } = await this.#find(looker, id);
    const view = await viewMeeting(this.parts, looker, forum, meeting);
    const what = `meeting.${how}`;
    const details = { meeting: id };
    await this.looks.record(looker, { what, outcome: 'shown', details });
    await Promise.all(
      view.children.map(async (child) =>
        this.looks.record(looker, {
          ...{ what, child: child.view.id, outcome: 'shown', details, shown: shownOf(child) },
        }),
      ),
    );
    return view;
  }

  /** One child of a meeting's list, for a form about it. Throws 404 alike for a child who is not on this looker's list. */
  async readChild(looker: Looker, id: string, child: string): Promise<MeetingView & { readonly one: MeetingChild }> {
    const { forum, meeting } = await this.#find(looker, id);
    const view = await viewMeeting(this.parts, looker, forum, meeting);
    const one = view.children.find((other) => other.view.id === child);
    const look = { what: 'meeting.child', child, details: { meeting: id } };
    await this.looks.record(looker, {
      ...look,
      ...(one ? { outcome: 'shown', shown: shownOf(one) } : { outcome: 'not-found' }),
    });
    if (!one) throw notFound();
    return { ...view, one };
  }

  /** Calls a meeting for a day (`YYYY-MM-DD`). Answers its id. Throws 403, or 400 where there is one that day. */
  async convene(looker: Looker, kind: string, on: string): Promise<string> {
    const forum = forumOf(kind);
    if (!forum) throw badRequest('invalid-form', 'Choose which group meets.', 'forum');
    this.#mustConvene(looker, forum);
    const id = randomUUID();
    const at = this.#now();
    await this.looks.record(looker, { what: 'meeting.convene', outcome: 'done', details: { meeting: id } });
    if (!(await addMeeting(this.parts.database, { id, forum: kind, on, by: looker.viewer.who, at })))
      throw badRequest('meeting-there', 'This group meets on that day already.', 'on');
    return id;
  }

  /** Who came, by seat; an empty name is nobody. Throws 403 or 404. */
  async attend(looker: Looker, id: string, nameOf: (seat: Seat) => string): Promise<void> {
    const { forum } = await this.#find(looker, id);
    this.#mustConvene(looker, forum);
    const came = forum.seats.map(({ agency, role, ...seat }): Attendance => {
      return { agency, role, name: nameOf({ agency, role, ...seat }) };
    });
    await this.looks.record(looker, { what: 'meeting.attend', outcome: 'done', details: { meeting: id } });
    await writeAttendance(
      this.parts.database,
      id,
      came.filter(({ name }) => name !== ''),
    );
  }

  /** Closes it: the next meeting looks back to now, and this one's list stays. Throws 403 or 404. */
  async close(looker: Looker, id: string): Promise<void> {
    const { forum, meeting } = await this.#find(looker, id);
    this.#mustConvene(looker, forum);
    const due = await dueAt(this.parts, forum, meeting, await readPeriod(this.parts, forum, meeting));
    await this.looks.record(looker, { what: 'meeting.close', outcome: 'done', details: { meeting: id } });
    await closeMeeting(this.parts.database, id, this.#now(), due);
  }

  async #find(looker: Looker, id: string): Promise<{ forum: Forum; meeting: Meeting }> {
    const { agency, roles } = looker.viewer;
    const meeting = await readMeeting(this.parts.database, id);
    const forum = meeting && forumOf(meeting.forum);
    if (meeting && forum && seatsOf(forum, agency, roles).length > 0) return { forum, meeting };
    await this.looks.record(looker, { what: 'meeting.read', outcome: 'not-found', details: {} });
    throw notFound();
  }

  #mustConvene({ viewer: { agency, roles } }: Looker, forum: Forum): void {
    if (!convenes(forum, agency, roles)) throw notYours();
  }

  #now(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }
}
