import { fromBinary } from '@bufbuild/protobuf';
import {
  DutyMetSchema,
  DutyMovedSchema,
  DutyOverdueSchema,
  DutyRaisedSchema,
  DutyWithdrawnSchema,
} from '../contracts/gen/hub/duties/v1/duties_pb.js';
import { defineProjection, type Change, type ProjectedEvent } from '../kernel/projection.js';
import { raisedDuty, type DutyState } from './outputs.js';

/** One duty, as it stands. Codes, times and opaque ids: nothing here names a child. */
export type DutiesRow = {
  /** Id of the duty. */
  key: string;
  /** The child: its stream is the one that says so. */
  record: string;
  capability: string;
  kind: string;
  rule: string;
  verified: boolean;
  owner_agency: string;
  owner_role: string;
  owner_purpose: string;
  owner_place: string;
  /** Keyed hashes of the facts that bring it about, with a space between. */
  causes: string;
  since: string;
  /** null: without delay, and no deadline. */
  due: string | null;
  state: DutyState;
  met_at: string | null;
  /** Event that met it. */
  met_by: string | null;
  /** Codes, JSON. */
  details: string;
  /** When the hub last said something of it. */
  recorded_at: string;
  position: bigint;
};

const whole = new Set<string>([DutyRaisedSchema.typeName, DutyMovedSchema.typeName, DutyMetSchema.typeName]);

export const duties = defineProjection<DutiesRow>({
  name: 'duties',
  version: 1,
  columns: {
    key: 'uuid',
    record: 'uuid',
    capability: 'text',
    kind: 'text',
    rule: 'text',
    verified: 'boolean',
    owner_agency: 'text',
    owner_role: 'text',
    owner_purpose: 'text',
    owner_place: 'text',
    causes: 'text',
    since: 'timestamptz',
    due: 'timestamptz',
    state: 'text',
    met_at: 'timestamptz',
    met_by: 'text',
    details: 'text',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  indexes: ['record', 'state, due'],
  opens: [...whole, DutyOverdueSchema.typeName, DutyWithdrawnSchema.typeName],
  changes,
});

function changes(event: ProjectedEvent): readonly Change<DutiesRow>[] {
  const { type, opened, recordedAt, position } = event;
  const said = { recorded_at: recordedAt, position };
  if (!opened || opened.erased) return [];
  if (type === DutyOverdueSchema.typeName) {
    return [{ patch: fromBinary(DutyOverdueSchema, opened.data).id, set: { state: 'overdue', ...said } }];
  }
  if (type === DutyWithdrawnSchema.typeName) {
    return [{ patch: fromBinary(DutyWithdrawnSchema, opened.data).id, set: { state: 'withdrawn', ...said } }];
  }
  if (!whole.has(type)) return [];
  const { duty } = fromBinary(DutyRaisedSchema, opened.data);
  if (!duty) throw new Error('the event names no duty');
  const { id, capability, kind, rule, verified, owner, causes, since, due, state, met, details } = raisedDuty(duty);
  return [
    {
      put: {
        key: id,
        record: event.stream,
        capability,
        kind,
        rule,
        verified,
        owner_agency: owner.agency,
        owner_role: owner.role,
        owner_purpose: owner.purpose,
        owner_place: owner.place ?? '',
        causes: causes.join(' '),
        since,
        due: due ?? null,
        state,
        met_at: met?.at ?? null,
        met_by: met?.by ?? null,
        details: JSON.stringify(details ?? {}),
        ...said,
      },
    },
  ];
}
