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
import { binaryArray, plainArray, uuidArray } from '../../database/array-parameters.js';
import { WITHOUT_WAITING, type Database } from '../../database/pool.js';
import { AtHand } from './at-hand.js';
import { Backlog } from './backlog.js';
import { Bell } from './bell.js';
import { claim } from './claim.js';
import { draft } from './draft.js';
import { Keeper } from './keeper.js';

const RETRY_AFTER_SECONDS = 5;

// Found by place (ctid) and by lookup (offset 0), and planned anew each time: tables grow from nothing to millions, and a plan that
// fits the one reads the other whole. What somebody else changes at this moment may be passed over, and stays in the queue.
// Closing never undoes a later decision: what is closed stays so, except that it may still be withdrawn.
// A close that a crash of the server undoes is made again: the message is claimed once more, and found done.
const CLOSE = `
  with done as materialized (
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as d (id, status, shown, outcomes)
    where (select ${WITHOUT_WAITING}) is not null
  ), found as materialized (
    select done.*, r.ctid as place, r.status as before, q.ctid as queued, q.attempts from done
    cross join lateral (select ctid, seq, status from receipts where id = done.id offset 0) as r
    left join lateral (select ctid, attempts from queue where seq = r.seq offset 0) as q on true
  ), closed as (
    update receipts r
    set status = f.status, shown_status = f.shown, outcomes = f.outcomes::jsonb, closed_at = clock_timestamp(),
        attempts = coalesce(f.attempts, r.attempts)
    from found f
    where r.ctid = any (array(select place from found)) and r.id = f.id and (r.status = 'received' or f.status = 'withdrawn')
    returning r.id
  ), gone as (
    delete from queue where ctid = any (array(
      select queued from found where queued is not null and (before <> 'received' or id in (select id from closed))))
  )
  select count(*)::integer as closed from closed`;

export interface PostgresIntakeParts {
  /** The hub database; the caller ends it, after `stop`. One connection listens while workers wait. */
  readonly database: Database;
  readonly keys: KeyStore;
  readonly clock: Clock;
  /** Received and not yet closed: at this many, `keep` rejects with `Overloaded`. */
  readonly limit: number;
}

/** The intake queue on PostgreSQL: the receipts themselves, and beside them a small row for each that is still to be closed. */
export class PostgresIntake implements IntakeQueue {
  readonly #keeper: Keeper;
  readonly #backlog: Backlog;
  readonly #bell: Bell;
  readonly #atHand = new AtHand();

  constructor(private readonly parts: PostgresIntakeParts) {
    const { database, keys, clock, limit } = parts;
    this.#bell = new Bell(database);
    this.#backlog = new Backlog(database, limit, clock);
    this.#keeper = new Keeper(database, keys, this.#atHand, (count) => {
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
    return this.#keeper.keep(draft(messages, keys, clock.now()));
  }

  async claim(limit: number, leaseSeconds: number): Promise<Claimed[]> {
    this.#bell.hush();
    const { database, keys } = this.parts;
    const { claimed, unreadable } = await claim(database, keys, this.#atHand, limit, leaseSeconds);
    await this.close(unreadable);
    return claimed;
  }

  async close(done: readonly Closed[]): Promise<void> {
    if (done.length === 0) return;
    // jsonb cannot hold NUL, and a reason may quote a field name.
    const outcomes = done.map((one) => JSON.stringify(one.outcomes).replaceAll('\\u0000', '\\ufffd'));
    const values = [
      uuidArray(done.map(({ receipt }) => receipt)),
      plainArray(done.map((one) => statusOf(one.outcomes))),
      plainArray(done.map((one) => statusOf(shownOutcomes(one.outcomes)))),
      binaryArray('text', outcomes),
    ];
    const { rows } = await this.parts.database.query<{ closed: number }>(CLOSE, values);
    this.#backlog.add(-(rows[0]?.closed ?? 0));
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
