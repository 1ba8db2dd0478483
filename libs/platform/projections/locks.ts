import { setTimeout as pause } from 'node:timers/promises';
import { STANDSTILL_MS, type Connection, type Database } from '../database/pool.js';
import { wait } from './waiting.js';

const LOOK_AGAIN_MS = 1_000;
const BEAT_MS = STANDSTILL_MS / 4;

/**
 * Advisory locks of this process, on one connection of their own: when it is lost, so are the locks. The server ends it when nothing
 * comes for a while: a process that is frozen keeps its connections, and would keep every other from going on.
 */
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
    this.#session ??= this.#database.connect().then(async (connection) => Session.on(connection));
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

  private constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('error', () => this.close());
    connection.on('end', () => this.#ended.abort());
  }

  static async on(connection: Connection): Promise<Session> {
    const session = new Session(connection);
    try {
      await session.#query(`select set_config('idle_session_timeout', $1, false)`, String(STANDSTILL_MS));
    } catch (error) {
      session.close();
      throw error;
    }
    void session.#beat();
    return session;
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

  /** Until the connection is lost: then whoever works under a lock hears of it by `lost`. */
  async #beat(): Promise<void> {
    try {
      for (;;) {
        await wait(BEAT_MS, this.lost);
        if (this.lost.aborted) return;
        await this.#query('select $1::text', '');
      }
    } catch {
      // It does not answer: whatever it held is another's by now, or soon.
      this.close();
    }
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
