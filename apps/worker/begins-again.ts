import type { Logger } from '../../libs/platform/telemetry/logger.js';
import { wait } from '../../libs/platform/projections/waiting.js';

const AGAIN_MS = 1_000;

/**
 * Runs a part of the worker until the signal aborts. One that ends with an error before, because the database was away when it began,
 * begins again: an error that nobody hears would end the process. Rejects with what fails after the signal.
 */
export async function beginsAgain(
  logger: Pick<Logger, 'error'>,
  signal: AbortSignal,
  part: () => Promise<void>,
  againMs = AGAIN_MS,
): Promise<void> {
  for (;;) {
    try {
      await part();
      return;
    } catch (error) {
      if (signal.aborted) throw error;
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      logger.error({ code }, 'a part of the worker could not begin, and begins again');
      await wait(againMs, signal);
      if (signal.aborted) return;
    }
  }
}
