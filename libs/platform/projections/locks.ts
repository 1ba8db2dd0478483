import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, Database } from '../database/pool.js';

const LOOK_AGAIN_MS = 1_000;

/** Advisory locks of this process, on one connection of their own: when it is lost, so are the locks. */
export class Locks {
  readonly #database: Database;
  readonly #held = new Set<string>();
  #session: Promise<Session> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Waits its turn, then runs `work`; the signal it is given aborts with `signal`, or when the lock is lost. */
  async hold<T>(name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      const session = await this.#open();
      // The server grants a session the same lock twice: within this process the set keeps them apart.
      if (!this.#held.has(name)) {
        this.#held.add(name);
        try {
          if (await session.take(name))
            return await release(session, name, work(AbortSignal.any([signal, session.lost])));
        } finally {
          this.#held.delete(name);
        }
      }
      await pause(LOOK_AGAIN_MS, undefined, { signal });
    }
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    (await session)?.close();
  }

  async #open(): Promise<Session> {
    this.#session ??= this.#database.connect().then((connection) => new Session(connection));
    try {
      const session = await this.#session;
      if (!session.lost.aborted) return session;
      this.#session = undefined;
      return await this.#open();
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }
}

class Session {
  readonly #connection: Connection;
  readonly #ended = new AbortController();
  // Several projections share this connection, which takes one statement at a time.
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('error', () => this.close());
    connection.on('end', () => this.#ended.abort());
  }

  get lost(): AbortSignal {
    return this.#ended.signal;
  }

  async take(name: string): Promise<boolean> {
    const { rows } = await this.#query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      name,
    );
    return rows[0]?.taken === true;
  }

  async give(name: string): Promise<void> {
    if (this.lost.aborted) return;
    await this.#query('select pg_advisory_unlock(hashtextextended($1, 0))', name);
  }

  async #query<Row extends object>(text: string, name: string): Promise<{ rows: Row[] }> {
    const run = async (): Promise<{ rows: Row[] }> => this.#connection.query<Row>(text, [name]);
    // After the one before, whatever became of it: whoever asked that one heard.
    const answer = this.#last.then(run, run);
    this.#last = answer;
    return answer;
  }

  // Destroyed, not returned to the pool: whoever got it next would hold our locks.
  close(): void {
    if (this.lost.aborted) return;
    this.#ended.abort();
    this.#connection.release(true);
  }
}

async function release<T>(session: Session, name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await session.give(name);
  }
}
