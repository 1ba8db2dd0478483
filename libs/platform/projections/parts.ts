import { newestType } from '../../contracts/evolution.js';
import type { EventLog, Position, RecordedEvent } from '../../kernel/event-log.js';
import type { KeyStore } from '../../kernel/keys.js';
import { opensType, type Projection } from '../../kernel/projection.js';
import type { Database } from '../database/pool.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { Build } from './builds.js';
import { readingAhead } from './reading-ahead.js';
import { prepareBatch, write, type Batch, type Written } from './write.js';

/** Events to a transaction: larger ones gain nothing, and hold more in memory. */
export const BATCH = 2_000;

export interface ProjectionParts {
  readonly database: Database;
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Batches ready to be written: the next is read, opened and folded while the one before is on its way to the database. */
export function batches(
  { keys }: ProjectionParts,
  projection: Projection,
  build: Build,
  source: AsyncIterable<RecordedEvent[]>,
): AsyncIterable<Batch> {
  const prepared = async function* (): AsyncGenerator<Batch, void> {
    for await (const events of readingAhead(source)) {
      const opened = events.filter(({ type }) => opensType(projection, newestType(type)));
      const ids = [...new Set(opened.map(({ meta }) => meta.key))];
      yield prepareBatch(projection, build, events, await keys.find(ids));
    }
  };
  return readingAhead(prepared());
}

/** Writes one batch to a build, times it, and logs what was parked. */
export async function writeBatch(
  { database, metrics, logger }: ProjectionParts,
  projection: Projection,
  build: Build,
  after: Position | null,
  batch: Batch,
): Promise<Written> {
  const stop = metrics.stageSeconds.startTimer({ stage: `projection.${projection.name}` });
  const onParked = ({ event, error }: { event: string; error: string }): void =>
    logger.error({ projection: projection.name, build: build.build, event, error }, 'event parked');
  const written = await write({ database, projection, build, onParked }, after, batch);
  stop();
  return written;
}
