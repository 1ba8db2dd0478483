import { ANNOTATION, FACT_WITHDRAWN } from '../kernel/event-log.js';
import { defineProjection, type Change, type ProjectedEvent } from '../kernel/projection.js';

/** What a user of the hub said of an entry, or a source answered. What it says, and of which entry, is in `sealed`. */
export type AnnotationRow = {
  /** Event id. */
  key: string;
  /** Stream of the record whose entry it is about: it goes where the record is linked to. */
  record: string;
  /** `hub.record.v1.…`. */
  type: string;
  /** The agency of whoever said it. */
  agency: string;
  /** When it was said, RFC 3339. */
  said_at: string;
  recorded_at: string;
  /** Of the message that said it; names a request. */
  receipt: string;
  /** Of an answer: the receipt of the request. */
  correlation: string;
  position: bigint;
  /** When it stopped being what its agency says. */
  void_at: string | null;
  key_id: string;
  /** The event's own ciphertext, as in the timeline. */
  sealed: Uint8Array;
};

/** What was said of entries: beside the timeline, never an entry of it. */
export const annotations = defineProjection<AnnotationRow>({
  name: 'annotations',
  version: 1,
  columns: {
    key: 'uuid',
    record: 'uuid',
    type: 'text',
    agency: 'text',
    said_at: 'timestamptz',
    recorded_at: 'timestamptz',
    receipt: 'uuid',
    correlation: 'uuid',
    position: 'bigint',
    void_at: 'timestamptz',
    key_id: 'uuid',
    sealed: 'bytea',
  },
  indexes: ['record', 'receipt', 'correlation', 'type, position'],
  opens: false,
  changes,
});

function changes({
  id,
  type,
  stream,
  position,
  recordedAt,
  meta,
  data,
}: ProjectedEvent): readonly Change<AnnotationRow>[] {
  if (meta.category !== ANNOTATION) return [];
  const { supersedes, historic = false } = meta;
  const voided: Change<AnnotationRow>[] =
    supersedes === undefined || historic ? [] : [{ patch: supersedes, set: { void_at: recordedAt } }];
  if (type === FACT_WITHDRAWN) return voided;
  const row: AnnotationRow = {
    key: id,
    record: stream,
    type,
    agency: meta.agency,
    said_at: meta.occurredAt,
    recorded_at: recordedAt,
    receipt: meta.receipt,
    correlation: meta.correlation,
    position,
    void_at: historic ? recordedAt : null,
    key_id: meta.key,
    sealed: data,
  };
  return [{ put: row }, ...voided];
}
