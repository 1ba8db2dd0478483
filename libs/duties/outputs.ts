import { fromBinary } from '@bufbuild/protobuf';
import {
  DutyMetSchema,
  DutyMovedSchema,
  DutyOverdueSchema,
  DutyRaisedSchema,
  DutyWithdrawnSchema,
  NoticeLapsedSchema,
  NoticeMovedSchema,
  NoticeRaisedSchema,
  NoticeRecalledSchema,
  type Duty as DutyMessage,
  type Notice as NoticeMessage,
  type Recipient as RecipientMessage,
} from '../contracts/gen/hub/duties/v1/duties_pb.js';
import { isAgency } from '../kernel/agency.js';
import type { Duty, Notice, Recipient } from '../kernel/capability.js';

export type DutyState = 'open' | 'overdue' | 'met' | 'withdrawn';
export type NoticeState = 'told' | 'recalled' | 'lapsed' | 'moved';

/** A duty as the child's stream last left it. */
export interface RaisedDuty extends Duty {
  readonly id: string;
  readonly capability: string;
  readonly state: DutyState;
}

/** A notice as the child's stream last left it. */
export interface RaisedNotice extends Omit<Notice, 'tellUntil'> {
  readonly id: string;
  readonly capability: string;
  /** The hub's own id of the episode or concern. */
  readonly thread: string;
  readonly state: NoticeState;
}

/** Everything that was ever raised of a child, by id. */
export interface Outputs {
  readonly duties: ReadonlyMap<string, RaisedDuty>;
  readonly notices: ReadonlyMap<string, RaisedNotice>;
}

export const noOutputs: Outputs = { duties: new Map(), notices: new Map() };

/** One event of a child's stream, its body opened. */
export interface OutputEvent {
  readonly type: string;
  readonly data: Uint8Array;
}

/** What is raised of a child, from the events of its stream, oldest first. Unknown types are a newer hub's, and pass. */
export function outputsOf(events: readonly OutputEvent[]): Outputs {
  const duties = new Map<string, RaisedDuty>();
  const notices = new Map<string, RaisedNotice>();
  const dutyIs = (id: string, state: DutyState): void => {
    const before = duties.get(id);
    if (before) duties.set(id, { ...before, state });
  };
  const noticeIs = (id: string, state: NoticeState): void => {
    const before = notices.get(id);
    if (before) notices.set(id, { ...before, state });
  };
  for (const { type, data } of events) {
    switch (type) {
      case DutyRaisedSchema.typeName:
      case DutyMovedSchema.typeName:
      case DutyMetSchema.typeName: {
        const { duty } = fromBinary(DutyRaisedSchema, data);
        if (duty) duties.set(duty.id, raisedDuty(duty));
        break;
      }
      case DutyOverdueSchema.typeName:
        dutyIs(fromBinary(DutyOverdueSchema, data).id, 'overdue');
        break;
      case DutyWithdrawnSchema.typeName:
        dutyIs(fromBinary(DutyWithdrawnSchema, data).id, 'withdrawn');
        break;
      case NoticeRaisedSchema.typeName: {
        const { notice } = fromBinary(NoticeRaisedSchema, data);
        if (notice) notices.set(notice.id, raisedNotice(notice));
        break;
      }
      case NoticeRecalledSchema.typeName:
        noticeIs(fromBinary(NoticeRecalledSchema, data).id, 'recalled');
        break;
      case NoticeLapsedSchema.typeName:
        noticeIs(fromBinary(NoticeLapsedSchema, data).id, 'lapsed');
        break;
      case NoticeMovedSchema.typeName:
        noticeIs(fromBinary(NoticeMovedSchema, data).id, 'moved');
        break;
    }
  }
  return { duties, notices };
}

// Raised, moved and met carry the duty whole, in the same field: one reading serves all three.
export function raisedDuty(duty: DutyMessage): RaisedDuty {
  return {
    id: duty.id,
    capability: duty.capability,
    kind: duty.kind,
    causes: duty.causes,
    owner: recipient(duty.owner),
    rule: duty.rule,
    verified: duty.verified,
    since: duty.since,
    details: duty.details,
    ...(duty.due === '' ? {} : { due: duty.due }),
    ...(duty.metAt === '' ? {} : { met: { at: duty.metAt, by: duty.metBy } }),
    state: duty.metAt === '' ? 'open' : 'met',
  };
}

export function raisedNotice(notice: NoticeMessage): RaisedNotice {
  return {
    id: notice.id,
    capability: notice.capability,
    kind: notice.kind,
    causes: notice.causes,
    to: recipient(notice.to),
    urgency: notice.urgency === 'urgent' || notice.urgency === 'digest' ? notice.urgency : 'ordinary',
    thread: notice.thread,
    ...(notice.rule === '' ? {} : { rule: notice.rule }),
    ...(notice.possible ? { possible: true as const } : {}),
    whenGone: notice.reminder ? 'lapse' : 'recall',
    state: 'told',
  };
}

function recipient(message: RecipientMessage | undefined): Recipient {
  const agency = message?.agency ?? '';
  if (!message || !isAgency(agency)) throw new TypeError('an output names no agency');
  const { role, purpose, place, holderOf } = message;
  return { agency, role, purpose, ...(place === '' ? {} : { place }), ...(holderOf === '' ? {} : { holderOf }) };
}
