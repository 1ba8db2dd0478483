import { join } from 'node:path';
import { systemClock } from '../kernel/clock.js';
import { testClock } from './test-clock.js';
import type { Config } from './config.js';
import { startEmbedded } from './database/embedded.js';
import { migrate } from './database/migrate.js';
import { openPool, STANDSTILL_MS } from './database/pool.js';
import { refuseRestoring } from './database/restoring.js';
import { openPostgresEventLog } from './event-log/postgres/event-log.js';
import { PostgresIntake } from './intake/postgres/postgres-intake.js';
import { openKeyStore } from './keys/key-store.js';
import { masterKeysFrom } from './keys/master-key.js';
import type { Parts } from './platform.module.js';
import { createLogger, type Logger } from './telemetry/logger.js';
import { createMetrics } from './telemetry/metrics.js';

export interface OpenedParts extends Parts {
  /** Connection strings, for what must connect on its own. */
  readonly urls: { readonly hub: string; readonly keys: string };
  /** Closes everything in order; the embedded server last, unless another process of this hub uses it. */
  close(): Promise<void>;
}

/**
 * Opens everything that touches the world, as configured: databases (embedded or given), key store, log, intake. Brings
 * the schema up to date first. Only a restore itself opens what is still being restored. Throws when a part cannot be opened (wrong key, no database): nothing is left half open.
 */
export async function openParts(
  config: Config,
  logger: Logger = createLogger(config.LOG_LEVEL),
  { restoring = false }: { readonly restoring?: boolean } = {},
): Promise<OpenedParts> {
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    const databases = await openDatabases(config, () =>
      logger.error('PostgreSQL was found dead and has been started again'),
    );
    opened.push(async () => databases.close());
    const { urls } = databases;
    if (!restoring) await refuseRestoring(urls.hub);
    await migrate('hub', urls.hub);
    await migrate('keys', urls.keys);
    const { current, previous } = await masterKeysFrom(config, urls.keys);
    const keys = await openKeyStore({
      url: urls.keys,
      masterKey: current,
      ...(previous === undefined ? {} : { previousMasterKey: previous }),
    });
    opened.push(async () => keys.close());
    const database = openPool(urls.hub, 'hub', 20, STANDSTILL_MS);
    opened.push(async () => database.end());
    const clock = config.HUB_TEST_CLOCK === undefined ? systemClock : testClock(config.HUB_TEST_CLOCK);
    const log = await openPostgresEventLog({ pool: database, wake: urls.hub });
    opened.push(async () => log.close());
    const intake = new PostgresIntake({ database, keys, clock, limit: config.HUB_INTAKE_LIMIT });
    opened.push(async () => intake.stop());
    return { config, database, keys, log, intake, clock, logger, metrics: createMetrics(), urls, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The two databases as configured, embedded or given, and nothing opened in them: for what must work before a hub can. */
export async function openDatabases(
  config: Config,
  onRestart: () => void = () => undefined,
): Promise<{ readonly urls: { readonly hub: string; readonly keys: string }; close(): Promise<void> }> {
  if (config.DATABASE_URL !== undefined && config.KEYS_DATABASE_URL !== undefined) {
    return { urls: { hub: config.DATABASE_URL, keys: config.KEYS_DATABASE_URL }, close: async () => undefined };
  }
  const server = await startEmbedded(join(config.HUB_DATA, 'postgres'));
  const unwatch = server.watch(onRestart);
  const close = async (): Promise<void> => {
    await unwatch();
    await server.release();
  };
  try {
    return { urls: { hub: await server.database('hub'), keys: await server.database('hub_keys') }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
