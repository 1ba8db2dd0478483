import pg from 'pg';
import type { Position, RecordedEvent } from '../../kernel/event-log.js';
import type { Projection, Value } from '../../kernel/projection.js';
import { transaction, WITHOUT_WAITING, type Connection, type Database } from '../database/pool.js';
import type { Build } from './builds.js';
import { describe, fold, type Folded, type Keys, type Parked, type Row } from './changes.js';
import { patches, upsert, type Statement } from './statements.js';

/**
 * `written`: rows, parked events and checkpoint are committed. `moved`: the checkpoint is not where this batch begins, so
 * another runner wrote it, or this one did before it lost the answer. `gone`: the build has been replaced.
 */
export type Written = 'written' | 'moved' | 'gone';

/** What a batch is written to. */
export interface Target {
  readonly database: Database;
  readonly projection: Projection;
  readonly build: Build;
  /** Told of every parked event once that is committed. */
  readonly onParked: (parked: Parked) => void;
}

/** Events, and the rows and statements they come to: made while the batch before is being written. */
export interface Batch {
  readonly events: readonly RecordedEvent[];
  readonly keys: Keys;
  readonly rows: readonly Row[];
  readonly puts: Statement | undefined;
  readonly patches: readonly Statement[];
  readonly parked: readonly Parked[];
}

export function prepareBatch(
  projection: Projection,
  build: Build,
  events: readonly RecordedEvent[],
  keys: Keys,
): Batch {
  return batchOf(projection, build, events, keys, fold(projection, events, keys));
}

/** Writes a batch that follows position `after`, exactly once. Rejects when the database fails as such. */
export async function write(target: Target, after: Position | null, batch: Batch): Promise<Written> {
  const { events, keys } = batch;
  const last = events.at(-1);
  if (!last) return 'written';
  try {
    return await commit(target, after, last.position, batch);
  } catch (error) {
    if (!isFaultOfRow(error)) throw error;
    if (events.length > 1) return await halves(target, after, batch);
    const parked = [{ position: last.position, event: last.id, error: describe(error) }];
    const nothing = { puts: new Map(), patches: new Map(), parked };
    return await commit(target, after, last.position, batchOf(target.projection, target.build, events, keys, nothing));
  }
}

// One row that PostgreSQL refuses fails its whole statement: halve until it stands alone, and the others go in.
async function halves(target: Target, after: Position | null, { events, keys }: Batch): Promise<Written> {
  const { projection, build } = target;
  const first = events.slice(0, events.length >> 1);
  const written = await write(target, after, prepareBatch(projection, build, first, keys));
  if (written !== 'written') return written;
  const rest = prepareBatch(projection, build, events.slice(first.length), keys);
  return await write(target, first.at(-1)?.position ?? after, rest);
}

function batchOf(
  projection: Projection,
  build: Build,
  events: readonly RecordedEvent[],
  keys: Keys,
  folded: Folded,
): Batch {
  const rows = [...folded.puts.values()];
  return {
    events,
    keys,
    rows,
    puts: rows.length > 0 ? upsert(projection, build, rows) : undefined,
    patches: patches(projection, build, folded),
    parked: folded.parked,
  };
}

async function commit(target: Target, after: Position | null, last: Position, batch: Batch): Promise<Written> {
  const { database, build } = target;
  // Most projections make nothing of most events.
  const isEmpty = batch.rows.length + batch.patches.length + batch.parked.length === 0;
  if (isEmpty && (await moveOn(database, build, after, last))) return 'written';
  const written = await transaction(database, async (connection) => {
    // First: it keeps others from writing this build, and says that rows and checkpoint, which are lost together or not at all, need
    // not wait for the disk. The log has the events.
    if (!(await moveOn(connection, build, after, last))) {
      const { rowCount } = await connection.query('select from projections where name = $1 and build = $2', [
        build.name,
        build.build,
      ]);
      return rowCount === 0 ? 'gone' : 'moved';
    }
    const puts = await putsThatStay(connection, target, batch);
    if (puts) await connection.query(puts);
    for (const statement of batch.patches) await connection.query(statement);
    await park(connection, build, batch.parked);
    return 'written';
  });
  if (written === 'written') {
    batch.parked.forEach(target.onParked);
    // After the commit: inside, every commit of the server would queue behind it. Lost with the process: whoever waits looks again.
    if (target.projection.rings !== undefined) await database.query(`notify ${target.projection.rings}`);
  }
  return written;
}

/** Moves the checkpoint, in one statement. False when it is not where the batch begins. */
async function moveOn(
  database: Pick<Connection, 'query'>,
  build: Build,
  after: Position | null,
  last: Position,
): Promise<boolean> {
  const { rowCount } = await database.query({
    name: 'projection moves on',
    text: `update projections set position = $4, updated_at = clock_timestamp()
             from (select ${WITHOUT_WAITING} offset 0) as set
            where name = $1 and build = $2 and position is not distinct from $3`,
    values: [build.name, build.build, after, last],
  });
  return rowCount === 1;
}

// Streams of an erased child stay in the log, unreadable: no build may bring their rows back.
async function putsThatStay(
  connection: Connection,
  { projection, build }: Target,
  { rows, puts }: Batch,
): Promise<Statement | undefined> {
  if (!('record' in projection.columns) || !puts) return puts;
  const { rows: found } = await connection.query<{ stream: Value }>({
    name: 'projection erased',
    text: 'select stream from erasures, unnest(streams) as stream where stream = any($1::uuid[])',
    values: [[...new Set(rows.map((row) => row['record']))]],
  });
  if (found.length === 0) return puts;
  const erased = new Set(found.map(({ stream }) => stream));
  const stay = rows.filter((row) => !erased.has(row['record'] ?? null));
  return stay.length > 0 ? upsert(projection, build, stay) : undefined;
}

async function park(connection: Connection, build: Build, parked: readonly Parked[]): Promise<void> {
  if (parked.length === 0) return;
  await connection.query(
    `insert into projection_parked (name, build, position, event, error)
     select $1, $2, * from unnest($3::bigint[], $4::uuid[], $5::text[]) on conflict do nothing`,
    [
      build.name,
      build.build,
      parked.map(({ position }) => position),
      parked.map(({ event }) => event),
      parked.map(({ error }) => error),
    ],
  );
}

// Bad value (22), broken constraint (23), row too large for its index (54): the row's fault. Anything else is the server's.
function isFaultOfRow(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
}
