import { AuditChain } from '../../../libs/platform/audit/chain.js';
import { TellingBell } from '../../../libs/platform/notifications/telling-bell.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { wait } from '../../../libs/platform/projections/waiting.js';
import { poster as openPoster } from './post.js';
import { Hand } from './hand.js';
import { claimDue, tell, type TellingParts } from './tell.js';

/** How long what nobody rang for may wait: what is due again, and room that is there by the clock. */
const LOOK_MS = 500;
/** Between two looks: what is rung for meanwhile is looked for once. */
const APART_MS = 25;

/**
 * Sends notices to partners' systems until the signal aborts; then finishes what is in hand. Looks when something was raised, when an
 * endpoint was finished with, and every `lookMs`.
 */
export async function runTelling(parts: Parts, signal: AbortSignal, lookMs = LOOK_MS): Promise<void> {
  const audit = await AuditChain.open(parts);
  const bell = await TellingBell.listening(parts.database);
  const poster = openPoster(parts.config.HUB_WEBHOOK_ALLOW_LOOPBACK);
  const telling: TellingParts = { parts, audit, poster, random: Math.random };
  const hand = new Hand();
  while (!signal.aborted) {
    const rung = bell.next();
    await unlessAway(parts, async () => {
      const { claimed, more } = await claimDue(telling, hand.room(performance.now()));
      if (more) bell.ring();
      for (const one of claimed) {
        const turn = unlessAway(parts, async () => tell(telling, one, signal));
        // What came for it after its last message was looked for has been passed over as another's.
        hand.take(
          one.slow,
          turn.finally(() => bell.ring()),
          performance.now(),
        );
      }
    });
    await wait(APART_MS, signal);
    await atMost(lookMs, rung, signal);
  }
  await hand.empty();
  await poster.close();
  await bell.close();
  await audit.close();
}

async function atMost(ms: number, rung: Promise<void>, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  await Promise.race([rung, wait(ms, AbortSignal.any([signal, over.signal]))]);
  over.abort();
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
