import {
  MeetingActionDoneSchema,
  MeetingActionSetSchema,
  MeetingDecidedSchema,
} from '../../../libs/contracts/gen/hub/record/v1/meetings_pb.js';
import { decide } from '../../../libs/disclosure/decide.js';
import type { Role } from '../../../libs/disclosure/terms.js';
import { DECIDED, type Action } from '../../../libs/meetings/actions.js';
import { catalogue } from '../../../libs/contracts/catalogue.js';
import { convenes, type Forum, type Seat } from '../../../libs/meetings/forum.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { keepSaying, notYours, readerOf, type SayingParts } from '../annotations/keep-saying.js';
import type { Sayer, SayOutcome } from '../annotations/say.command.js';
import type { Looker } from '../looks/looker.js';
import type { AgendaItem } from './agenda.js';
import type { MeetingChild, MeetingView } from './meeting-view.js';

type OneChild = Pick<MeetingView, 'meeting' | 'forum'> & { readonly one: MeetingChild };

/** What a meeting asks somebody to do. */
export interface NewAction {
  readonly task: string;
  readonly owner: Seat;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
}

/** Keeps what a meeting decided, and asks for, of a child on its list. A form sent twice says it once. Throws 403 or 503. */
export async function sayAtMeeting(
  parts: SayingParts,
  sayer: Sayer,
  { meeting, forum, one }: OneChild,
  said: { readonly decision?: string; readonly action?: NewAction },
): Promise<SayOutcome> {
  if (!mayRecord(sayer.looker, forum)) throw notYours();
  const about = { meeting: meeting.id, forum: forum.kind, by: readerOf(sayer, forum.convenedBy.role as Role) };
  const stream = recordOf(one.item);
  const { decision, action } = said;
  const outcomes: SayOutcome[] = [];
  if (decision !== undefined) {
    const saying = { stream, schema: MeetingDecidedSchema, said: { ...about, decision } };
    outcomes.push(await keepSaying(parts, sayer, 'meeting.decide', saying));
  }
  if (action) {
    // The form's number is the action's: sent twice, it is the same one.
    const { task, owner, dueOn } = action;
    const asked = { ...about, action: sayer.once, task, ownerAgency: owner.agency, ownerRole: owner.role, dueOn };
    outcomes.push(
      await keepSaying(parts, sayer, 'meeting.act', { stream, schema: MeetingActionSetSchema, said: asked }),
    );
  }
  return outcomes.includes('said') ? 'said' : 'before';
}

/** Keeps that an action is done. Throws 403, 404 where it is not open, or 503. */
export async function sayDone(parts: SayingParts, sayer: Sayer, action: Action, outcome: string): Promise<SayOutcome> {
  const role = sayer.looker.viewer.roles.find((one) => one === action.owner.role) ?? 'team-manager';
  const said = { action: action.id, outcome, by: readerOf(sayer, role as Role) };
  return keepSaying(parts, sayer, 'meeting.done', {
    stream: action.set.record,
    schema: MeetingActionDoneSchema,
    said,
  });
}

/** The open action with this id, if it is this looker's to finish: their own seat's, or the convener's. Throws 403 or 404. */
export function theirAction(looker: Looker, { forum, one }: OneChild, id: string): Action {
  const action = one.actions.find((other) => other.id === id && !other.done);
  if (!action) throw notFound();
  if (!mayFinish(looker, forum, action)) throw notYours();
  return action;
}

export function mayFinish({ viewer: { agency, roles } }: Looker, forum: Forum, { owner }: Action): boolean {
  return convenes(forum, agency, roles) || (owner.agency === agency && roles.includes(owner.role));
}

export function mayRecord({ viewer: { agency, roles } }: Looker, forum: Forum): boolean {
  return convenes(forum, agency, roles);
}

/** The seats that can be asked to do something: those who may read what they are asked. */
export function mayOwn({ seats }: Forum): readonly Seat[] {
  const said = catalogue.get(DECIDED);
  const entry = { agency: 'yos', category: said?.category ?? '', handling: said?.handling ?? '' };
  return seats.filter(
    ({ agency, role }) => decide({ who: '', agency, roles: [role] }, 'safeguarding', entry) === 'full',
  );
}

/** The record whose fact brought the child here: should it turn out to be another child's, what was decided of it goes along. */
function recordOf({ reasons, facts, known }: AgendaItem): string {
  const causes = reasons.flatMap((reason) => reason.causes);
  const record = causes.flatMap((cause) => facts.find(({ fact }) => fact === cause)?.record ?? [])[0];
  const { records } = known.row;
  const own = record ?? (records.find(({ agency }) => agency === 'yos') ?? records[0])?.stream;
  if (own === undefined) throw notFound();
  return own;
}
