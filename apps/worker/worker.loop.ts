import { once } from 'node:events';
import { translate } from '../../libs/adapters/registry.js';
import { CLAIM_WEIGHT, weightOf, type Claimed } from '../../libs/kernel/intake.js';
import { pruneDeliveries } from '../../libs/platform/notifications/delivery-retention.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { retryCrossed } from '../../libs/platform/records/waiting-store.js';
import { Abreast } from './abreast.js';
import { BatchSize } from './batch-size.js';
import { processBatch } from './pipeline.js';
import { destroyExpired } from './retention/retention.js';
import { lookOut, type WatchSettings } from './watch/watch.js';
import type { Translate } from './translate/translate.js';

export interface LoopSettings {
  /** Messages per batch, at most: large enough that a round trip is shared by many, small enough that one is soon through. */
  readonly batch: number;
  /** Batches in hand at once: while one waits for the database, another is translated and sealed. */
  readonly abreast: number;
  readonly leaseSeconds: number;
  /** Attempts after which a message that alone cannot be recorded is put before a person. */
  readonly attempts: number;
  /** How messages become facts: the adapters. */
  readonly translate: Translate;
}

export const defaultLoop: LoopSettings = { batch: 1_000, abreast: 3, leaseSeconds: 10, attempts: 3, translate };

const idleMs = 1_000;
const sweepEveryMs = 15_000;
// What is held is counted in days.
const retentionEveryMs = 60 * 60 * 1000;

/** Claims and processes until the signal aborts, then finishes what is in hand. Never throws: what fails is claimed again. */
export async function runWorker(
  parts: Parts,
  signal: AbortSignal,
  settings: LoopSettings = defaultLoop,
  watch?: WatchSettings,
): Promise<void> {
  const abreast = new Abreast();
  const size = new BatchSize(settings);
  const turns = Array.from({ length: settings.abreast }, () =>
    repeat(parts, signal, async () => {
      let found = 0;
      await abreast.take(signal, async (begun) => {
        const asked = size.now;
        const startedAt = performance.now();
        const claimed = await parts.intake.claim(asked, settings.leaseSeconds);
        found = claimed.length;
        const weight = claimed.reduce((sum, { message }) => sum + weightOf(message), 0);
        begun(found === asked || weight >= CLAIM_WEIGHT);
        if (found === 0) return;
        await processOrDivide(claimed, parts, settings);
        size.took(performance.now() - startedAt, found);
      });
      if (found === 0) await parts.intake.wait(idleMs, signal);
    }),
  );
  // For what crossed while a worker died that would have put it right.
  const sweep = repeat(parts, signal, async () => {
    await retryCrossed(parts.database, 'all');
    await pause(sweepEveryMs, signal);
  });
  const retention = repeat(parts, signal, async () => {
    await destroyExpired(parts);
    await pruneDeliveries(parts.database, parts.clock.now());
    await pause(retentionEveryMs, signal);
  });
  const watching = watch
    ? repeat(parts, signal, async () => {
        await lookOut(parts, watch);
        await pause(sweepEveryMs, signal);
      })
    : undefined;
  await Promise.all([...turns, sweep, retention, watching]);
}

async function repeat({ logger }: Parts, signal: AbortSignal, turn: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await turn();
    } catch (error) {
      // The database or the log is away: nothing is lost, leases run out and the messages come round again.
      logger.error({ code: codeOf(error) }, 'the worker could not go on, and waits');
      await pause(idleMs, signal);
    }
  }
}

/** Claims and processes until nothing is left: for the command line and tests. Returns how many; `onProgress` hears so far. */
export async function drain(
  parts: Parts,
  settings: LoopSettings = defaultLoop,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  let done = 0;
  for (;;) {
    const claimed = await parts.intake.claim(settings.batch, settings.leaseSeconds);
    if (claimed.length === 0) return done;
    await processOrDivide(claimed, parts, settings);
    done += claimed.length;
    onProgress(done);
  }
}

/** One message that cannot be processed must not hold up the others: on failure the batch is halved until it stands alone. */
async function processOrDivide(claimed: readonly Claimed[], parts: Parts, settings: LoopSettings): Promise<void> {
  try {
    await processBatch(claimed, parts, settings.translate);
  } catch (error) {
    // Throws when it is the database that fails, not the message.
    await parts.database.query('select 1');
    const [only] = claimed;
    if (claimed.length === 1 && only) {
      await setAside(only, error, parts, settings);
      return;
    }
    const middle = Math.ceil(claimed.length / 2);
    // What the failed try did is found done: attempt 2 looks before it writes.
    const again = claimed.map((one) => ({ ...one, attempt: Math.max(one.attempt, 2) }));
    await processOrDivide(again.slice(0, middle), parts, settings);
    await processOrDivide(again.slice(middle), parts, settings);
  }
}

async function setAside(one: Claimed, error: unknown, parts: Parts, settings: LoopSettings): Promise<void> {
  parts.logger.error(
    { receipt: one.receipt, attempt: one.attempt, code: codeOf(error) },
    'a message could not be recorded',
  );
  if (one.attempt < settings.attempts) return;
  const detail = 'the hub could not record this message; it is kept whole, and a person has to look';
  await parts.intake.close([
    { receipt: one.receipt, outcomes: [{ outcome: 'quarantined', reason: 'not-recordable', detail }] },
  ]);
}

/** A code that is safe to log: an error's text may quote a value. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  if (!over.aborted) await once(over, 'abort');
}
