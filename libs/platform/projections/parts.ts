import type { EventLog, Position, RecordedEvent } from '../../kernel/event-log.js';
import type { KeyStore } from '../../kernel/keys.js';
import type { Projection } from '../../kernel/projection.js';
import type { Database } from '../database/pool.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { Build } from './builds.js';
import { write, type Written } from './write.js';

/** Events to a transaction: larger ones gain nothing, and hold more in memory. */
export const BATCH = 2_000;

export interface ProjectionParts {
  readonly database: Database;
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Writes one batch to a build: fetches the keys that the projection needs, times it, logs what was parked. */
export async function writeBatch(
  { database, keys, metrics, logger }: ProjectionParts,
  projection: Projection,
  build: Build,
  after: Position | null,
  events: readonly RecordedEvent[],
): Promise<Written> {
  const stop = metrics.stageSeconds.startTimer({ stage: `projection.${projection.name}` });
  const ids = projection.opens ? [...new Set(events.map(({ meta }) => meta.key))] : [];
  const target = {
    database,
    projection,
    build,
    keys: await keys.find(ids),
    onParked: ({ event, error }: { event: string; error: string }) =>
      logger.error({ projection: projection.name, build: build.build, event, error }, 'event parked'),
  };
  const written = await write(target, after, events);
  stop();
  return written;
}
