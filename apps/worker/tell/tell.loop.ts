import { AuditChain } from '../../../libs/platform/audit/chain.js';
import type { ClaimedEndpoint } from '../../../libs/platform/notifications/delivery-store.js';
import { pause } from '../../../libs/platform/pause.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { poster as openPoster } from './post.js';
import { claimDue, tell, type TellingParts } from './tell.js';

// Two lanes: those that answered soon the last time never wait for those that did not, of which as many may hang as fit theirs.
const QUICK = 192;
const SLOW = 64;
const IDLE_MS = 250;
const BUSY_MS = 50;

/** Sends notices to partners' systems until the signal aborts; then finishes what is in hand. */
export async function runTelling(parts: Parts, signal: AbortSignal): Promise<void> {
  const audit = await AuditChain.open(parts);
  const poster = openPoster(parts.config.HUB_WEBHOOK_ALLOW_LOOPBACK);
  const telling: TellingParts = { parts, audit, poster, random: Math.random };
  const quick = new Set<Promise<void>>();
  const slow = new Set<Promise<void>>();
  const begin = (one: ClaimedEndpoint): void => {
    const lane = one.slow ? slow : quick;
    const turn = unlessAway(parts, async () => tell(telling, one, signal)).finally(() => lane.delete(turn));
    lane.add(turn);
  };
  while (!signal.aborted) {
    await unlessAway(parts, async () => {
      const room = { quick: QUICK - quick.size, slow: SLOW - slow.size };
      for (const one of await claimDue(telling, room)) begin(one);
    });
    await pause(quick.size > 0 ? BUSY_MS : IDLE_MS, signal);
  }
  await Promise.all([...quick, ...slow]);
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
