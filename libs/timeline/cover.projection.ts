import { decode } from '../contracts/catalogue.js';
import { FACT_WITHDRAWN } from '../kernel/event-log.js';
import { instant } from '../kernel/instant.js';
import { defineProjection, type Change, type ProjectedEvent } from '../kernel/projection.js';

const arranged = 'hub.yos.v1.CoverArranged';

/** One cover: somebody acts for the case manager of this record's child, for a while. */
export type CoverRow = {
  /** Event id. */
  key: string;
  /** Stream of the case system's record of the child. */
  record: string;
  /** The covering worker's sign-in name. */
  worker: string;
  worker_name: string | null;
  team: string | null;
  /** RFC 3339; it holds from here until, and not at, `covers_until`. */
  covers_from: string;
  /** null: until further notice. */
  covers_until: string | null;
  recorded_at: string;
  /** When this statement stopped counting: corrected or withdrawn by its source, or out of date when it came. */
  void_at: string | null;
};

export const cover = defineProjection<CoverRow>({
  name: 'cover',
  version: 1,
  columns: {
    key: 'uuid',
    record: 'uuid',
    worker: 'text',
    worker_name: 'text',
    team: 'text',
    covers_from: 'timestamptz',
    covers_until: 'timestamptz',
    recorded_at: 'timestamptz',
    void_at: 'timestamptz',
  },
  indexes: ['record', 'worker'],
  opens: [arranged],
  changes,
});

function changes(event: ProjectedEvent): readonly Change<CoverRow>[] {
  const { supersedes, historic } = event.meta;
  if (event.type !== arranged && event.type !== FACT_WITHDRAWN) return [];
  const voided: Change<CoverRow>[] =
    supersedes === undefined || historic ? [] : [{ patch: supersedes, set: { void_at: event.recordedAt } }];
  const row = event.type === FACT_WITHDRAWN ? undefined : rowOf(event);
  return row ? [{ put: row }, ...voided] : voided;
}

function rowOf(event: ProjectedEvent): CoverRow | undefined {
  if (!event.opened) throw new Error('cover needs the content of the event');
  if (event.opened.erased) return undefined;
  const content = decode(event.type, event.opened.data);
  const worker = text(content?.['worker']);
  // Nobody's wider view may rest on a time that cannot be read: parked, and so nobody's.
  const from = instant(text(content?.['coversFrom']) ?? '');
  const until = text(content?.['coversUntil']);
  const ends = until === null ? null : instant(until);
  if (worker === null || from === undefined || ends === undefined) throw new Error(`not a ${arranged}`);
  return {
    key: event.id,
    record: event.stream,
    worker,
    worker_name: text(content?.['workerName']),
    team: text(content?.['team']),
    covers_from: from,
    covers_until: ends,
    recorded_at: event.recordedAt,
    void_at: event.meta.historic ? event.recordedAt : null,
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
