import { decode } from '../contracts/catalogue.js';
import { FACT_WITHDRAWN } from '../kernel/event-log.js';
import { defineProjection, type Change, type ProjectedEvent } from '../kernel/projection.js';

const allocated = 'hub.yos.v1.CaseAllocated';
const closed = 'hub.yos.v1.CaseClosed';

/** One statement of the case system about who holds a case. The latest that counts, by `since`, says who holds it now. */
export type CaseloadRow = {
  /** Event id. */
  key: string;
  /** Stream of the case system's record of the child. */
  record: string;
  /** The case manager's sign-in name; null when the case was closed. */
  worker: string | null;
  worker_name: string | null;
  team: string | null;
  /** When the allocation began or the case was closed, RFC 3339. */
  since: string;
  closed: boolean;
  recorded_at: string;
  position: bigint;
  /** When this statement stopped counting: corrected or withdrawn by its source, or out of date when it came. */
  void_at: string | null;
};

export const caseload = defineProjection<CaseloadRow>({
  name: 'caseload',
  version: 1,
  columns: {
    key: 'uuid',
    record: 'uuid',
    worker: 'text',
    worker_name: 'text',
    team: 'text',
    since: 'timestamptz',
    closed: 'boolean',
    recorded_at: 'timestamptz',
    position: 'bigint',
    void_at: 'timestamptz',
  },
  indexes: ['record, since desc, position desc', 'worker'],
  opens: [allocated, closed],
  changes,
});

function changes(event: ProjectedEvent): readonly Change<CaseloadRow>[] {
  const { supersedes, historic } = event.meta;
  if (event.type !== allocated && event.type !== closed && event.type !== FACT_WITHDRAWN) return [];
  // Whatever replaced it, a statement that its source no longer makes does not count; unknown ids patch nothing.
  const voided: Change<CaseloadRow>[] =
    supersedes === undefined || historic ? [] : [{ patch: supersedes, set: { void_at: event.recordedAt } }];
  const row = event.type === FACT_WITHDRAWN ? undefined : rowOf(event);
  return row ? [{ put: row }, ...voided] : voided;
}

function rowOf(event: ProjectedEvent): CaseloadRow | undefined {
  if (!event.opened) throw new Error('the caseload needs the content of the event');
  if (event.opened.erased) return undefined;
  const content = decode(event.type, event.opened.data);
  if (!content) throw new Error(`not a ${event.type}`);
  const worker = text(content['worker']);
  if (event.type === allocated && worker === null) throw new Error('an allocation names no worker');
  return {
    key: event.id,
    record: event.stream,
    worker,
    worker_name: text(content['workerName']),
    team: text(content['team']),
    since: event.meta.occurredAt,
    closed: event.type === closed,
    recorded_at: event.recordedAt,
    position: event.position,
    void_at: event.meta.historic ? event.recordedAt : null,
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
