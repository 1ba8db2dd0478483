import pg from 'pg';
import type { Position, RecordedEvent } from '../../kernel/event-log.js';
import type { Projection, Value } from '../../kernel/projection.js';
import { transaction, type Connection, type Database } from '../database/pool.js';
import { tableOf, identifier, type Build } from './builds.js';
import { columnArray } from './column-array.js';
import { describe, fold, type Folded, type Keys, type Parked, type Row } from './changes.js';

/**
 * `written`: rows, parked events and checkpoint are committed. `moved`: the checkpoint is not where this batch begins, so
 * another runner wrote it, or this one did before it lost the answer. `gone`: the build has been replaced.
 */
export type Written = 'written' | 'moved' | 'gone';

/** What a batch is written to, and with what. */
export interface Target {
  readonly database: Database;
  readonly projection: Projection;
  readonly build: Build;
  readonly keys: Keys;
  /** Told of every parked event once that is committed. */
  readonly onParked: (parked: Parked) => void;
}

/** Writes a batch that follows position `after`, exactly once. Rejects when the database fails as such. */
export async function write(
  target: Target,
  after: Position | null,
  events: readonly RecordedEvent[],
): Promise<Written> {
  const last = events.at(-1);
  if (!last) return 'written';
  try {
    return await commit(target, after, last.position, fold(target.projection, events, target.keys));
  } catch (error) {
    if (!isFaultOfRow(error)) throw error;
    if (events.length > 1) return await halves(target, after, events);
    const parked = [{ position: last.position, event: last.id, error: describe(error) }];
    return await commit(target, after, last.position, { puts: new Map(), patches: new Map(), parked });
  }
}

// One row that PostgreSQL refuses fails its whole statement: halve until it stands alone, and the others go in.
async function halves(target: Target, after: Position | null, events: readonly RecordedEvent[]): Promise<Written> {
  const first = events.slice(0, events.length >> 1);
  const written = await write(target, after, first);
  if (written !== 'written') return written;
  return await write(target, first.at(-1)?.position ?? after, events.slice(first.length));
}

async function commit(target: Target, after: Position | null, last: Position, folded: Folded): Promise<Written> {
  const { database, projection, build } = target;
  const written = await transaction(database, async (connection) => {
    // Rows and checkpoint are lost together or not at all, and the log has the events: no need to wait for the disk.
    await connection.query('set local synchronous_commit = off');
    const { rows } = await connection.query<{ position: Position | null }>(
      'select position from projections where name = $1 and build = $2 for update',
      [build.name, build.build],
    );
    if (!rows[0]) return 'gone';
    if (rows[0].position !== after) return 'moved';
    const puts = await withoutErased(connection, projection, [...folded.puts.values()]);
    await upsert(connection, projection, build, puts);
    for (const alike of byColumns(folded.patches)) await patch(connection, projection, build, alike);
    await park(connection, build, folded.parked);
    await connection.query(
      'update projections set position = $3, updated_at = clock_timestamp() where name = $1 and build = $2',
      [build.name, build.build, last],
    );
    return 'written';
  });
  if (written === 'written') folded.parked.forEach(target.onParked);
  return written;
}

async function upsert(
  connection: Connection,
  projection: Projection,
  build: Build,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(projection.columns);
  const others = names
    .filter((name) => name !== 'key')
    .map((name) => `${identifier(name)} = excluded.${identifier(name)}`);
  await connection.query(
    `insert into ${tableOf(build)} (${names.map(identifier).join(', ')})
     select * from unnest(${arrays(projection, names)})
     on conflict (key) do ${others.length > 0 ? `update set ${others.join(', ')}` : 'nothing'}`,
    names.map((name) =>
      columnArray(
        typeOf(projection, name),
        rows.map((row) => row[name] ?? null),
      ),
    ),
  );
}

interface Alike {
  readonly names: readonly string[];
  readonly keys: readonly string[];
  readonly sets: readonly Partial<Row>[];
}

async function patch(connection: Connection, projection: Projection, build: Build, alike: Alike): Promise<void> {
  const { names, keys, sets } = alike;
  if (names.length === 0) return;
  const all = ['key', ...names];
  await connection.query(
    `update ${tableOf(build)} as r set ${names.map((name) => `${identifier(name)} = p.${identifier(name)}`).join(', ')}
     from unnest(${arrays(projection, all)}) as p (${all.map(identifier).join(', ')}) where r.key = p.key`,
    [
      keys,
      ...names.map((name) =>
        columnArray(
          typeOf(projection, name),
          sets.map((set) => set[name] ?? null),
        ),
      ),
    ],
  );
}

/** Patches that set the same columns go in one statement; a projection has one or two such shapes. */
function byColumns(patches: Folded['patches']): Alike[] {
  const shapes = new Map<string, { names: string[]; keys: string[]; sets: Partial<Row>[] }>();
  for (const [key, set] of patches) {
    const names = Object.keys(set).sort();
    const shape = shapes.get(names.join()) ?? { names, keys: [], sets: [] };
    shape.keys.push(key);
    shape.sets.push(set);
    shapes.set(names.join(), shape);
  }
  return [...shapes.values()];
}

// Streams of an erased child stay in the log, unreadable: no build may bring their rows back.
async function withoutErased(
  connection: Connection,
  projection: Projection,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  if (!('record' in projection.columns) || rows.length === 0) return rows;
  const records = [...new Set(rows.map((row) => row['record']))];
  const { rows: found } = await connection.query<{ stream: Value }>(
    'select stream from erasures, unnest(streams) as stream where stream = any($1::uuid[])',
    [records],
  );
  if (found.length === 0) return rows;
  const erased = new Set(found.map(({ stream }) => stream));
  return rows.filter((row) => !erased.has(row['record'] ?? null));
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

function arrays(projection: Projection, names: readonly string[]): string {
  return names.map((name, index) => `$${index + 1}::${typeOf(projection, name)}[]`).join(', ');
}

// "text not null" is how a column is declared; a cast takes the type alone.
function typeOf(projection: Projection, name: string): string {
  return (projection.columns[name] ?? 'text').replace(/ (not null|default|check|collate)\b.*$/i, '');
}

// Bad value (22), broken constraint (23), row too large for its index (54): the row's fault. Anything else is the server's.
function isFaultOfRow(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
}
