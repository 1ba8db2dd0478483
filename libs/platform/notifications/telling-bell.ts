import { listen } from '../database/listen.js';
import type { Database } from '../database/pool.js';

/** Channel that says there may be something to tell partners' systems. */
export const TELLING = 'hub_telling';

/** Says so in every process. Call it after the commit: NOTIFY inside a transaction makes every commit of the server queue behind it. */
export async function ringForTelling(database: Database): Promise<void> {
  await database.query(`notify ${TELLING}`);
}

/** Hears that there may be something to tell. A ring can be missed: whoever waits also looks again after a while. */
export class TellingBell {
  #next = Promise.withResolvers<undefined>();
  #deafen: (() => Promise<void>) | undefined;

  /** Rejects when the first connection fails; comes back by itself after that. */
  static async listening({ options }: Database): Promise<TellingBell> {
    const url = options.connectionString;
    if (url === undefined) throw new Error('telling needs a pool opened with a connection string');
    const bell = new TellingBell();
    const rung = (): void => bell.ring();
    bell.#deafen = await listen(url, TELLING, { heard: rung, attentive: rung });
    return bell;
  }

  /** For whoever waits in this process. */
  ring(): void {
    this.#next.resolve(undefined);
  }

  /** Resolves at the first ring from now on. Call it before looking: what comes while one looks ends the wait at once. */
  async next(): Promise<void> {
    this.#next = Promise.withResolvers<undefined>();
    return this.#next.promise;
  }

  async close(): Promise<void> {
    await this.#deafen?.();
  }
}
