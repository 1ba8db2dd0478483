import { create, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
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
} from '../contracts/gen/hub/duties/v1/duties_pb.js';
import type { Recipient } from '../kernel/capability.js';
import type { Difference } from './compare.js';
import type { OutputEvent, RaisedDuty, RaisedNotice } from './outputs.js';

/** A difference as the event that says it: type and protobuf bytes. */
export function outputEvent(difference: Difference): OutputEvent {
  switch (difference.what) {
    case 'duty-raised':
      return said(DutyRaisedSchema, { duty: duty(difference.duty) });
    case 'duty-moved':
      return said(DutyMovedSchema, { duty: duty(difference.duty) });
    case 'duty-met':
      return said(DutyMetSchema, { duty: duty(difference.duty) });
    case 'duty-overdue':
      return said(DutyOverdueSchema, { id: difference.id, due: difference.due });
    case 'duty-withdrawn':
      return said(DutyWithdrawnSchema, { id: difference.id });
    case 'notice-raised':
      return said(NoticeRaisedSchema, { notice: notice(difference.notice), continues: difference.continues });
    case 'notice-recalled':
      return said(NoticeRecalledSchema, { id: difference.id });
    case 'notice-lapsed':
      return said(NoticeLapsedSchema, { id: difference.id });
    case 'notice-moved':
      return said(NoticeMovedSchema, { id: difference.id });
  }
}

function said<Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>): OutputEvent {
  return { type: schema.typeName, data: toBinary(schema, create(schema, init)) };
}

function duty(raised: RaisedDuty) {
  const { id, capability, kind, causes, owner, rule, verified, since, due = '', met, details = {} } = raised;
  return {
    id,
    capability,
    kind,
    causes: [...causes],
    owner: recipient(owner),
    rule,
    verified,
    since,
    due,
    metAt: met?.at ?? '',
    metBy: met?.by ?? '',
    details,
  };
}

function notice(raised: RaisedNotice) {
  const { id, capability, kind, causes, to, urgency, thread, rule = '', possible = false, whenGone } = raised;
  return {
    ...{ id, capability, kind, causes: [...causes], to: recipient(to), urgency, thread, rule, possible },
    reminder: whenGone === 'lapse',
  };
}

function recipient({ agency, role, purpose, place = '', holderOf = '' }: Recipient) {
  return { agency, role, purpose, place, holderOf };
}
