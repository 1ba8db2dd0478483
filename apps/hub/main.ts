import 'reflect-metadata';
import { ConfigError, readConfig } from '../../libs/platform/config.js';
import { Restoring } from '../../libs/platform/database/restoring.js';
import { KeyStoreError } from '../../libs/platform/keys/key-store-error.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { RulebookError } from '../../libs/duties/rulebook/rulebook-file.js';
import { SourceBookError } from '../../libs/sources/source-book.js';
import { startHub } from './hub.application.js';
import { greet } from './greeting.js';

/** `npm start`: the whole hub in one process. Ctrl-C finishes what is in hand, stops the database, and exits 0. */
const begun = performance.now();
try {
  const config = readConfig(process.env);
  const logger = createLogger(config.LOG_LEVEL);
  const hub = await startHub(config, logger);
  logger.info({ url: hub.url, ms: Math.round(performance.now() - begun) }, 'ready');
  await greet(hub);

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping: finishing what is in hand');
    hub.stop().then(
      () => {
        logger.info('stopped');
      },
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exitCode = 1;
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

/** What a person can mend is said in a sentence; anything else with its place in the code. */
function explain(error: unknown): string {
  const known = [ConfigError, KeyStoreError, Restoring, RulebookError, SourceBookError];
  if (error instanceof Error && known.some((kind) => error instanceof kind)) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The hub cannot start: its port is taken, perhaps by another hub. Stop that one, or choose another with PORT.';
  }
  return error.stack ?? error.message;
}
