import type { EventLog, Position, RecordedEvent } from '../../kernel/event-log.js';
import type { Projection } from '../../kernel/projection.js';
import { transaction } from '../database/pool.js';
import { beginBuild, createIndexes, liveBuild, swap, type Build } from './builds.js';
import { BATCH, batches, writeBatch, type ProjectionParts } from './parts.js';

export interface RebuildProgress {
  /** Events read in this run. */
  readonly events: number;
  /** Position reached, and the log's head when this run began. */
  readonly position: Position;
  readonly total: Position;
}

/**
 * Builds a projection from the first event (or from where an earlier run of this version was broken off) while the live
 * build goes on serving, then lets readers see it. The caller holds the projection's rebuild lock.
 */
export async function rebuild(
  parts: ProjectionParts,
  projection: Projection,
  signal: AbortSignal,
  onProgress: (progress: RebuildProgress) => void = () => undefined,
): Promise<void> {
  const total = (await parts.log.head()) ?? 0n;
  const begun = await beginBuild(parts.database, projection, total);
  const log = parts.logger.child({ projection: projection.name, build: begun.build });
  log.info({ from: String(begun.position ?? 0n), to: String(total) }, 'rebuild begins');
  let build = await catchUp(parts, projection, begun, signal, (position, events) =>
    onProgress({ position, events, total }),
  );
  // Filling a table and indexing it once costs less than keeping its indexes true row by row.
  await createIndexes(parts.database, projection, build);
  do build = await catchUp(parts, projection, build, signal);
  while (!(await swapAtHead(parts, projection, build, signal)));
  log.info('rebuild ends: readers see the new rows');
}

async function catchUp(
  parts: ProjectionParts,
  projection: Projection,
  build: Build,
  signal: AbortSignal,
  onBatch: (position: Position, events: number) => void = () => undefined,
): Promise<Build> {
  let { position } = build;
  let count = 0;
  for await (const batch of batches(parts, projection, build, existing(parts.log, position))) {
    const written = await writeBatch(parts, projection, build, position, batch);
    const { events } = batch;
    if (written !== 'written') throw new TakenOver(build);
    position = events.at(-1)?.position ?? position;
    count += events.length;
    if (position !== null) onBatch(position, count);
    signal.throwIfAborted();
  }
  return { ...build, position };
}

async function* existing(log: EventLog, after: Position | null): AsyncGenerator<RecordedEvent[], void> {
  let events = await log.readAll(after, BATCH);
  for (let last = events.at(-1); last; last = events.at(-1)) {
    yield events;
    events = await log.readAll(last.position, BATCH);
  }
}

// The live build waits while the new one reads the last few events: no reader ever goes back in time.
async function swapAtHead(
  parts: ProjectionParts,
  projection: Projection,
  build: Build,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await transaction(parts.database, async (connection) => {
      await connection.query('select from projections where name = $1 and live for update', [projection.name]);
      const live = await liveBuild(connection, projection.name);
      await catchUp(parts, projection, build, signal);
      await swap(connection, live, build);
    });
    return true;
  } catch (error) {
    // A long read of the old rows stands in the way of the swap.
    if (error instanceof Error && 'code' in error && error.code === '55P03') return false;
    throw error;
  }
}

class TakenOver extends Error {
  readonly code = 'taken-over';
  constructor({ name, build }: Build) {
    super(`build ${build} of ${name} was written or dropped by somebody else`);
    this.name = 'TakenOver';
  }
}
