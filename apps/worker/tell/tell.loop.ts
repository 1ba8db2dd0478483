import { AuditChain } from '../../../libs/platform/audit/chain.js';
import { pause } from '../../../libs/platform/pause.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { poster as openPoster } from './post.js';
import { Hand } from './hand.js';
import { claimDue, tell, type TellingParts } from './tell.js';

const IDLE_MS = 250;
const BUSY_MS = 50;
/** How long it goes on looking often once somebody in the quick lane was told something; those in the slow one change no pace. */
const BUSY_FOR_MS = 5_000;

/** Sends notices to partners' systems until the signal aborts; then finishes what is in hand. */
export async function runTelling(parts: Parts, signal: AbortSignal): Promise<void> {
  const audit = await AuditChain.open(parts);
  const poster = openPoster(parts.config.HUB_WEBHOOK_ALLOW_LOOPBACK);
  const telling: TellingParts = { parts, audit, poster, random: Math.random };
  const hand = new Hand();
  let busyUntil = 0;
  while (!signal.aborted) {
    await unlessAway(parts, async () => {
      for (const one of await claimDue(telling, hand.room(performance.now()))) {
        if (!one.slow) busyUntil = performance.now() + BUSY_FOR_MS;
        const turn = unlessAway(parts, async () => tell(telling, one, signal));
        hand.take(one.slow, turn, performance.now());
      }
    });
    await pause(performance.now() < busyUntil ? BUSY_MS : IDLE_MS, signal);
  }
  await hand.empty();
  await poster.close();
  await audit.close();
}

async function unlessAway({ logger }: Parts, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The database is away: leases run out, and what was not settled is sent again.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    logger.error({ code }, 'telling was interrupted, and goes on');
  }
}
