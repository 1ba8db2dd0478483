import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/pool.js';
import { listen } from '../../database/listen.js';

const CHANNEL = 'hub_log';
const POLL_MS = 250;

/**
 * Tells readers that the log grew: those of this process directly, others by NOTIFY, sent after the flush (inside its
 * transaction it would cost 43 % of the throughput). A wake-up may be lost, so a reader never waits longer than POLL_MS.
 */
export class WakeUp {
  /** What this process says itself comes back to it: that is nothing new. */
  readonly #own = randomUUID();
  #turn = 0;
  #elsewhere = 0;
  #waiting = new Set<() => void>();
  #sending = false;
  #sendAgain = false;
  #end: () => Promise<void> = async () => undefined;

  constructor(private readonly database: Database) {}

  async listen(url: string): Promise<void> {
    this.#end = await listen(url, CHANNEL, {
      heard: (from) => {
        if (from !== this.#own) this.#wakeForOthers();
      },
      attentive: () => this.#wakeForOthers(),
    });
  }

  /** Taken before a read and given to `wait`: what is written between the two wakes at once. */
  get turn(): number {
    return this.#turn;
  }

  /**
   * Of these turns, those at which others may have written: another process said so, or none could be heard for a while. As long as
   * it stays what it was before the log's end was read, nothing comes after that end but what this process appends; what others wrote
   * and was not heard of is found by whoever polls, or behind the next event of this process.
   */
  get elsewhere(): number {
    return this.#elsewhere;
  }

  grew(): void {
    this.#wake();
    this.#notify();
  }

  /** Resolves when the log grew since `turn`, after POLL_MS, or when the signal aborts. */
  async wait(turn: number, signal: AbortSignal): Promise<void> {
    if (turn !== this.#turn || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = (): void => resolve(undefined);
    const poll = setTimeout(() => {
      // Whoever looks again by itself looks at the log, not at what another found before.
      this.#turn += 1;
      this.#elsewhere += 1;
      wake();
    }, POLL_MS);
    this.#waiting.add(wake);
    signal.addEventListener('abort', wake);
    await promise;
    clearTimeout(poll);
    this.#waiting.delete(wake);
    signal.removeEventListener('abort', wake);
  }

  async close(): Promise<void> {
    this.#wake();
    await this.#end();
  }

  #wakeForOthers(): void {
    this.#elsewhere += 1;
    this.#wake();
  }

  #wake(): void {
    this.#turn += 1;
    for (const wake of this.#waiting) wake();
  }

  // One under way at a time, and one more for whatever was written meanwhile.
  #notify(): void {
    this.#sendAgain = this.#sending;
    if (this.#sending) return;
    this.#sending = true;
    const sent = (): void => {
      this.#sending = false;
      if (this.#sendAgain) this.#notify();
    };
    // A notification that fails is one that is lost: readers poll.
    this.database.query({ name: 'log notify', text: `notify ${CHANNEL}, '${this.#own}'` }).then(sent, sent);
  }
}
