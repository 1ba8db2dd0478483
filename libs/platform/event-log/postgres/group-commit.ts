import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import { settle, type AppendRequest, type Outcome } from './append-request.js';

const MAX_EVENTS = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Collects appends while a flush is under way and sends them all in the next: a commit costs the same for one as for
 * hundreds.
 */
export class GroupCommit {
  #queue: AppendRequest[] = [];
  #running: Promise<void> | undefined;

  /** `flush` resolves to the requests' outcomes, in order; `flushed` is called after each flush that wrote. */
  constructor(
    private readonly flush: (requests: readonly AppendRequest[]) => Promise<readonly Outcome[]>,
    private readonly flushed: () => void,
  ) {}

  add(request: AppendRequest): void {
    this.#queue.push(request);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits or is under way. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Whoever was just answered asks again in this turn of the event loop: the next flush takes them along.
      await setImmediate();
      await this.#send(this.#next());
    }
    // In the same step that found the queue empty: an append that comes later starts the next run.
    this.#running = undefined;
  }

  #next(): AppendRequest[] {
    let events = 0;
    let bytes = 0;
    const end = this.#queue.findIndex((request) => {
      events += request.events.length;
      bytes += request.bytes;
      return events > MAX_EVENTS || bytes > MAX_BYTES;
    });
    // A request larger than a flush goes alone.
    return end === -1 ? this.#queue.splice(0) : this.#queue.splice(0, Math.max(end, 1));
  }

  async #send(requests: readonly AppendRequest[]): Promise<void> {
    try {
      const outcomes = await this.flush(requests);
      requests.forEach((request, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) request.settle.reject(new Error('the log did not answer this append'));
        else settle(request, outcome);
      });
      // Where nothing was written nobody is woken: a reader that is woken for nothing looks the later for what others wrote.
      if (outcomes.some(({ outcome }) => outcome === 'written')) this.flushed();
    } catch (error) {
      if (requests.length > 1 && isAboutContent(error)) {
        for (const request of requests) await this.#send([request]);
        return;
      }
      // Written or not, nobody knows: each caller asks again, and an exact revision makes that safe.
      for (const request of requests) request.settle.reject(error);
    }
  }
}

// SQLSTATE classes for a value the server does not take: it rolled back, so the others can go without the one at fault.
const isAboutContent = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
