import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import type { KeyStore } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';
import type { Logger } from '../telemetry/logger.js';
import { adoptEarlierRows } from './adopt.js';
import { anchorAudit } from './anchored.js';
import { appendLooks, type Left } from './append.js';
import { LookNotRecorded, type Look } from './look.js';

// A look holds at most a page of event ids, about 4 kB.
const MOST_AT_ONCE = 500;
/** Looks younger than this may not be anchored yet: see ADR 12. */
export const ANCHOR_MS = 1_000;

interface Waiting {
  readonly look: Look;
  readonly settle: PromiseWithResolvers<void>;
}

export interface ChainParts {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * Writes looks into the audit's chain of hashes. Looks that come while one transaction is under way go together in the
 * next; those of other processes wait for the head's lock, for the length of one such transaction. Where no other process
 * writes, that is one statement.
 */
export class AuditChain {
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #left: Left | undefined;
  #anchoring: NodeJS.Timeout | undefined;
  #anchored: Promise<void> = Promise.resolve();

  private constructor(private readonly parts: ChainParts) {}

  /** Takes rows from before the chain into it, and anchors what a process that was killed had left beyond the anchor. */
  static async open(parts: ChainParts): Promise<AuditChain> {
    const chain = new AuditChain(parts);
    await adoptEarlierRows(parts.database, parts.keys);
    await chain.#anchor();
    return chain;
  }

  /** Resolves once the look is committed in the chain; only then may the answer leave. Throws `LookNotRecorded`. */
  async record(look: Look): Promise<void> {
    const settle = Promise.withResolvers<void>();
    this.#queue.push({ look, settle });
    this.#running ??= this.#run();
    try {
      await settle.promise;
    } catch (error) {
      throw new LookNotRecorded(error);
    }
  }

  /** Finishes what is in hand and anchors it. */
  async close(): Promise<void> {
    await this.#running;
    if (this.#anchoring === undefined) return this.#anchored;
    clearTimeout(this.#anchoring);
    await this.#anchor();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Whoever was just answered asks again in this turn of the event loop: the next transaction takes them along.
      await setImmediate();
      await this.#send(this.#queue.splice(0, MOST_AT_ONCE));
    }
    // In the same step that found the queue empty: a look that comes later starts the next run.
    this.#running = undefined;
  }

  async #send(waiting: readonly Waiting[]): Promise<void> {
    try {
      const looks = waiting.map(({ look }) => look);
      this.#left = await appendLooks(this.parts.database, this.parts.keys, looks, this.#left);
      for (const { settle } of waiting) settle.resolve();
      this.#anchoring ??= setTimeout(() => {
        this.#anchored = this.#anchor();
      }, ANCHOR_MS).unref();
    } catch (error) {
      if (waiting.length > 1 && isAboutContent(error)) {
        for (const one of waiting) await this.#send([one]);
        return;
      }
      for (const { settle } of waiting) settle.reject(error);
    }
  }

  // Readers are not stopped: a child may depend on what they read. `hub verify` says where the chain is broken.
  async #anchor(): Promise<void> {
    this.#anchoring = undefined;
    const { database, keys, logger } = this.parts;
    await anchorAudit(database, keys).then(
      (anchoring) => {
        if (anchoring === 'broken') logger.error('the audit is not what it was: run hub verify');
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the audit could not be anchored: the next look, or the next start, does it');
      },
    );
  }
}

// SQLSTATE class 22, and a look whose time is none: the others can go without the one at fault.
const isAboutContent = (error: unknown): boolean =>
  error instanceof RangeError || (error instanceof pg.DatabaseError && (error.code ?? '').startsWith('22'));
