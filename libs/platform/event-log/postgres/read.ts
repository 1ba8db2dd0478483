import type { Position, RecordedEvent } from '../../../kernel/event-log.js';
import type { Database } from '../../database/pool.js';

const EVENT = 'position, stream, revision, id, type, meta, data, recorded_at as "recordedAt"';

/** Positions are dense, so a jump means that events were removed, and a head behind a reader that the log was restored. */
export class LogDamaged extends Error {
  readonly code = 'log-damaged';
  constructor(
    what: string,
    /** The position at which it goes on after a gap; undefined when the reader stands beyond the end. */
    readonly next?: Position,
  ) {
    super(`${what}: events are missing, or the log is not the one it was`);
    this.name = 'LogDamaged';
  }
}

export async function readStream(database: Database, stream: string, fromRevision: number): Promise<RecordedEvent[]> {
  const { rows } = await database.query<RecordedEvent>({
    name: 'log read stream',
    text: `select ${EVENT} from log_events where stream = $1 and revision >= $2 order by revision`,
    values: [stream, fromRevision],
  });
  return rows;
}

export async function readStreams(
  database: Database,
  streams: readonly string[],
): Promise<Map<string, RecordedEvent[]>> {
  const { rows } = await database.query<RecordedEvent>({
    name: 'log read streams',
    // Stream by stream through the index, whatever the planner expects of so many: it has no statistics of what is new.
    text: `select e.* from unnest($1::uuid[]) as given (id)
           cross join lateral (select ${EVENT} from log_events where stream = given.id order by revision) as e`,
    values: [[...new Set(streams)]],
  });
  return Map.groupBy(rows, ({ stream }) => stream);
}

export async function readRevisions(database: Database, streams: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await database.query<{ stream: string; revision: number }>({
    name: 'log revisions',
    text: `select given.stream, newest.revision from unnest($1::uuid[]) as given (stream)
           cross join lateral (select revision from log_events e where e.stream = given.stream
                               order by e.revision desc limit 1) as newest`,
    values: [streams],
  });
  return new Map(rows.map(({ stream, revision }) => [stream, revision]));
}

/** Throws `LogDamaged` rather than pass over a gap. */
export async function readAll(database: Database, after: Position | null, limit: number): Promise<RecordedEvent[]> {
  const { rows } = await database.query<RecordedEvent>({
    name: 'log read all',
    text: `select ${EVENT} from log_events where position > $1 order by position limit $2`,
    values: [after ?? 0n, limit],
  });
  let previous = after ?? 0n;
  for (const { position } of rows) {
    if (position !== previous + 1n) {
      throw new LogDamaged(`after position ${previous} the log goes on at ${position}`, position);
    }
    previous = position;
  }
  return rows;
}

export async function readHead(database: Database): Promise<Position | null> {
  const { rows } = await database.query<{ position: bigint }>('select position from log_head');
  const position = rows[0]?.position ?? 0n;
  return position === 0n ? null : position;
}

/** Throws `LogDamaged` for a reader that is ahead of the log: it would wait, and then miss what takes the lost places. */
export async function refuseAhead(database: Database, after: Position | null): Promise<void> {
  const head = (await readHead(database)) ?? 0n;
  if (after !== null && after > head) {
    throw new LogDamaged(`a reader stands at position ${after}, the log ends at ${head}`);
  }
}
