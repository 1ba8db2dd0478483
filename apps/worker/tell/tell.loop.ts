import { AuditChain } from '../../../libs/platform/audit/chain.js';
import { pause } from '../../../libs/platform/pause.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { poster as openPoster } from './post.js';
import { tellOne, type TellingParts } from './tell.js';

// Each waits for one endpoint at a time: as many may hang as there are turns, and the rest goes on when their time is over.
const ABREAST = 16;
const IDLE_MS = 500;

/** Sends notices to partners' systems until the signal aborts; then finishes what is in hand. */
export async function runTelling(parts: Parts, signal: AbortSignal): Promise<void> {
  const audit = await AuditChain.open(parts);
  const poster = openPoster(parts.config.HUB_WEBHOOK_ALLOW_LOOPBACK);
  const telling: TellingParts = { parts, audit, poster, random: Math.random };
  await Promise.all(Array.from({ length: ABREAST }, async (_, index) => turns(telling, signal, index)));
  await poster.close();
  await audit.close();
}

async function turns(telling: TellingParts, signal: AbortSignal, index: number): Promise<void> {
  while (!signal.aborted) {
    try {
      if (!(await tellOne(telling, signal))) await pause(IDLE_MS * (index + 1), signal);
    } catch (error) {
      // The database is away: leases run out, and what was not settled is sent again.
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      telling.parts.logger.error({ code }, 'telling was interrupted, and goes on');
      await pause(IDLE_MS, signal);
    }
  }
}
