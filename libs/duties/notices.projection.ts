import { fromBinary } from '@bufbuild/protobuf';
import {
  NoticeLapsedSchema,
  NoticeRaisedSchema,
  NoticeRecalledSchema,
} from '../contracts/gen/hub/duties/v1/duties_pb.js';
import { defineProjection, type Change, type ProjectedEvent } from '../kernel/projection.js';
import { raisedNotice, type NoticeState } from './outputs.js';

/** One notice, as it stands: who is to be told of what. What they are told is built through disclosure when it is sent. */
export type NoticesRow = {
  /** Id of the notice: deliveries are known by it. */
  key: string;
  /** The child. Another than when it was raised, where a provisional child turned out to be one that is known. */
  record: string;
  capability: string;
  kind: string;
  /** Id of the episode or concern. */
  thread: string;
  rule: string;
  to_agency: string;
  to_role: string;
  to_purpose: string;
  to_place: string;
  /** The child whose case its reader holds, where it is not this one; null otherwise. */
  to_holder_of: string | null;
  urgency: 'urgent' | 'ordinary' | 'digest';
  possible: boolean;
  reminder: boolean;
  /** Keyed hashes of the facts that bring it about, with a space between. */
  causes: string;
  state: NoticeState;
  /** When it was raised, and when it was recalled or lapsed. */
  raised_at: string;
  ended_at: string | null;
  /** Of the event that raised it: a cursor. */
  position: bigint;
};

export const notices = defineProjection<NoticesRow>({
  name: 'notices',
  version: 2,
  columns: {
    key: 'uuid',
    record: 'uuid',
    capability: 'text',
    kind: 'text',
    thread: 'uuid',
    rule: 'text',
    to_agency: 'text',
    to_role: 'text',
    to_purpose: 'text',
    to_place: 'text',
    to_holder_of: 'uuid',
    urgency: 'text',
    possible: 'boolean',
    reminder: 'boolean',
    causes: 'text',
    state: 'text',
    raised_at: 'timestamptz',
    ended_at: 'timestamptz',
    position: 'bigint',
  },
  indexes: ['record', 'to_agency, to_role, position', 'position', 'thread', 'state, ended_at'],
  opens: [NoticeRaisedSchema.typeName, NoticeRecalledSchema.typeName, NoticeLapsedSchema.typeName],
  changes,
});

function changes(event: ProjectedEvent): readonly Change<NoticesRow>[] {
  const { type, opened, recordedAt } = event;
  if (!opened || opened.erased) return [];
  if (type === NoticeRecalledSchema.typeName) {
    return [ended(fromBinary(NoticeRecalledSchema, opened.data).id, 'recalled', recordedAt)];
  }
  if (type === NoticeLapsedSchema.typeName) {
    return [ended(fromBinary(NoticeLapsedSchema, opened.data).id, 'lapsed', recordedAt)];
  }
  if (type !== NoticeRaisedSchema.typeName) return [];
  const { notice, continues } = fromBinary(NoticeRaisedSchema, opened.data);
  if (!notice) throw new Error('the event names no notice');
  const {
    id,
    capability,
    kind,
    causes,
    to,
    urgency,
    thread,
    rule = '',
    possible,
    whenGone,
    state,
  } = raisedNotice(notice);
  const common = { record: event.stream, causes: causes.join(' '), state, ended_at: null };
  // Told already: it keeps its place in the order of tellings, and waits as its newest grade says.
  if (continues) return [{ patch: id, set: { ...common, urgency } }];
  return [
    {
      put: {
        key: id,
        capability,
        kind,
        thread,
        rule,
        to_agency: to.agency,
        to_role: to.role,
        to_purpose: to.purpose,
        to_place: to.place ?? '',
        to_holder_of: to.holderOf ?? null,
        urgency,
        possible: possible ?? false,
        reminder: whenGone === 'lapse',
        raised_at: recordedAt,
        position: event.position,
        ...common,
      },
    },
  ];
}

function ended(id: string, state: NoticeState, at: string): Change<NoticesRow> {
  return { patch: id, set: { state, ended_at: at } };
}
