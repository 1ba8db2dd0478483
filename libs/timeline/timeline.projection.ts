import { catalogue } from '../contracts/catalogue.js';
import { ANNOTATION, FACT_WITHDRAWN, REACTION } from '../kernel/event-log.js';
import { defineProjection, type Change, type ProjectedEvent } from '../kernel/projection.js';

/** One version of one fact on one record. Times are RFC 3339; ids are opaque; nothing here names a child. */
export type TimelineRow = {
  /** Event id. */
  key: string;
  /** Stream of the record; the child is joined through the record's links at read time, so a relink moves nothing. */
  record: string;
  fact: string;
  /** As it was stored, which `sealed` is of. */
  type: string;
  agency: string;
  system: string;
  category: string;
  handling: string;
  occurred_at: string;
  precision: 'instant' | 'date';
  received_at: string;
  recorded_at: string;
  stated_at: string;
  receipt: string;
  position: bigint;
  /** Event ids of the versions before and after this one. */
  supersedes: string | null;
  superseded_by: string | null;
  /** When the hub came to know that this version is not the current one. */
  superseded_at: string | null;
  /** The event that withdrew the fact, and when it was recorded. */
  withdrawn_by: string | null;
  withdrawn_at: string | null;
  /** A version that was out of date before the hub heard of it. */
  historic: boolean;
  /** Its publisher brought it as history: shown, and nobody is told. */
  history: boolean;
  key_id: string;
  /**
   * The event's own ciphertext, copied: opened at read time under `key_id`, with the event id as associated data.
   * Opening and sealing it again here would cost two ciphers an event on rebuild, and leave a second copy under a second
   * key to erase.
   */
  sealed: Uint8Array;
};

/**
 * Every version of every fact, current or not: what a page shows is decided by reader, purpose and as-known-at date. A
 * snapshot of a whole record is no entry: what it changed is, each part in its own category.
 */
export const timeline = defineProjection<TimelineRow>({
  name: 'timeline',
  version: 2,
  columns: {
    key: 'uuid',
    record: 'uuid',
    fact: 'text',
    type: 'text',
    agency: 'text',
    system: 'text',
    category: 'text',
    handling: 'text',
    occurred_at: 'timestamptz',
    precision: 'text',
    received_at: 'timestamptz',
    recorded_at: 'timestamptz',
    stated_at: 'timestamptz',
    receipt: 'uuid',
    position: 'bigint',
    supersedes: 'uuid',
    superseded_by: 'uuid',
    superseded_at: 'timestamptz',
    withdrawn_by: 'uuid',
    withdrawn_at: 'timestamptz',
    historic: 'boolean',
    history: 'boolean',
    key_id: 'uuid',
    sealed: 'bytea',
  },
  // A page of a child is the newest rows of its records, merged.
  indexes: ['record, occurred_at desc, position desc'],
  opens: false,
  changes,
});

function changes(event: ProjectedEvent): readonly Change<TimelineRow>[] {
  const { supersedes, category } = event.meta;
  if (category === ANNOTATION || category === REACTION) return [];
  if (event.type === FACT_WITHDRAWN) {
    if (supersedes === undefined) throw new Error('a withdrawal names no fact');
    return [{ patch: supersedes, set: { withdrawn_by: event.id, withdrawn_at: event.recordedAt } }];
  }
  if (catalogue.get(event.type)?.snapshot) return [];
  const put: Change<TimelineRow> = { put: rowOf(event) };
  // A historic version replaces nothing: it was itself replaced before it came.
  if (supersedes === undefined || event.meta.historic) return [put];
  return [put, { patch: supersedes, set: { superseded_by: event.id, superseded_at: event.recordedAt } }];
}

function rowOf({ id, type, storedType = type, stream, position, recordedAt, meta, data }: ProjectedEvent): TimelineRow {
  const historic = meta.historic ?? false;
  return {
    key: id,
    record: stream,
    fact: meta.fact,
    type: storedType,
    agency: meta.agency,
    system: meta.system,
    category: meta.category,
    handling: meta.handling,
    occurred_at: meta.occurredAt,
    precision: meta.precision,
    received_at: meta.receivedAt,
    recorded_at: recordedAt,
    stated_at: meta.statedAt,
    receipt: meta.receipt,
    position,
    supersedes: meta.supersedes ?? null,
    superseded_by: null,
    superseded_at: historic ? recordedAt : null,
    withdrawn_by: null,
    withdrawn_at: null,
    historic,
    history: meta.history ?? false,
    key_id: meta.key,
    sealed: data,
  };
}
