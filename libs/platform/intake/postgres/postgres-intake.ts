import type { Clock } from '../../../kernel/clock.js';
import {
  Overloaded,
  shownOutcomes,
  statusOf,
  type Claimed,
  type Closed,
  type Incoming,
  type IntakeQueue,
  type Kept,
} from '../../../kernel/intake.js';
import type { KeyStore } from '../../../kernel/keys.js';
import { binaryArray, plainArray } from '../../database/array-parameters.js';
import type { Database } from '../../database/pool.js';
import { Backlog } from './backlog.js';
import { Bell } from './bell.js';
import { claim } from './claim.js';
import { draft } from './draft.js';
import { Keeper } from './keeper.js';

const RETRY_AFTER_SECONDS = 5;

// Closing never undoes a later decision: what is closed stays so, except that it may still be withdrawn.
const CLOSE = `
  update receipts r
  set status = d.status, shown_status = d.shown, outcomes = d.outcomes::jsonb, lease_until = null,
      closed_at = clock_timestamp()
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as d (id, status, shown, outcomes)
  where r.id = d.id and (r.status = 'received' or d.status = 'withdrawn')`;

export interface PostgresIntakeParts {
  /** The hub database; the caller ends it, after `stop`. One connection listens while workers wait. */
  readonly database: Database;
  readonly keys: KeyStore;
  readonly clock: Clock;
  /** Received and not yet closed: at this many, `keep` rejects with `Overloaded`. */
  readonly limit: number;
}

/** The intake queue on PostgreSQL: one table, `receipts`, whose rows are the receipts themselves. */
export class PostgresIntake implements IntakeQueue {
  readonly #keeper: Keeper;
  readonly #backlog: Backlog;
  readonly #bell: Bell;

  constructor(private readonly parts: PostgresIntakeParts) {
    const { database, keys, clock, limit } = parts;
    this.#bell = new Bell(database);
    this.#backlog = new Backlog(database, limit, clock);
    this.#keeper = new Keeper(database, keys, (count) => {
      this.#backlog.add(count);
      this.#bell.ring();
    });
  }

  async keep(messages: readonly Incoming[]): Promise<Kept[]> {
    if (messages.length === 0) return [];
    const backlogFull = this.#backlog.full();
    if (this.#keeper.full || (typeof backlogFull === 'boolean' ? backlogFull : await backlogFull)) {
      throw new Overloaded(RETRY_AFTER_SECONDS);
    }
    const { keys, clock } = this.parts;
    const receivedAt = new Date(clock.now());
    return this.#keeper.keep(messages.map((message) => draft(message, keys, receivedAt)));
  }

  async claim(limit: number, leaseSeconds: number): Promise<Claimed[]> {
    this.#bell.hush();
    const { claimed, unreadable } = await claim(this.parts.database, this.parts.keys, limit, leaseSeconds);
    await this.close(unreadable);
    return claimed;
  }

  async close(done: readonly Closed[]): Promise<void> {
    if (done.length === 0) return;
    // jsonb cannot hold NUL, and a reason may quote a field name.
    const outcomes = done.map((one) => JSON.stringify(one.outcomes).replaceAll('\\u0000', '\\ufffd'));
    const values = [
      plainArray(done.map(({ receipt }) => receipt)),
      plainArray(done.map((one) => statusOf(one.outcomes))),
      plainArray(done.map((one) => statusOf(shownOutcomes(one.outcomes)))),
      binaryArray('text', outcomes),
    ];
    const { rowCount } = await this.parts.database.query({ name: 'intake close', text: CLOSE, values });
    this.#backlog.add(-(rowCount ?? 0));
  }

  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    await this.#bell.wait(timeoutMs, signal);
  }

  /** Answers what is queued, wakes whoever waits and gives the listening connection back. */
  async stop(): Promise<void> {
    await this.#keeper.drained();
    await this.#backlog.settled();
    await this.#bell.stop();
  }
}
