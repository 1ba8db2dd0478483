import { randomUUID } from 'node:crypto';
import type { Database } from '../database/pool.js';
import { ringForTelling } from './telling-bell.js';
import { ENDPOINT_COLUMNS, type EndpointRow } from './endpoint-store.js';

/** One message on its way to one endpoint. */
export interface Delivery {
  readonly seq: bigint;
  readonly notice: string;
  readonly event: 'raised' | 'recalled' | 'test';
  readonly thread: string;
  readonly attempts: number;
  /** RFC 3339, when it was first tried. */
  readonly first_at: string | null;
  /** How often it was not known yet what it says. */
  readonly waits: number;
}

export interface ClaimedEndpoint extends EndpointRow {
  readonly lease: string;
  readonly failures: number;
  /** It failed, or took long, the last time. */
  readonly slow: boolean;
}

const LEASE = `interval '30 seconds'`;
const MOST_AT_ONCE = 200;
/** Longer than a message is in hand. */
const OVERLAP = `interval '10 minutes'`;
// One look-up for an endpoint, not `exists`, which may be answered from all that is due: of one that is down, all that waits.
const DUE = `e.state = 'active' and e.due_at <= $1 and (e.lease_until is null or e.lease_until < now())
  and (select true from webhook_deliveries d where d.endpoint = e.id and d.state = 'pending' and d.due_at <= $1 limit 1)`;

/**
 * Puts what was raised or taken back since into the queues, in the order it was; at most `MOST_AT_ONCE` notices, the next time more.
 * One process at a time; `at`: RFC 3339. Written so that it looks up what is new and nothing else, however many notices, messages
 * and endpoints there are, and whatever the planner believes of them: it runs many times a second. True where more may be left.
 */
export async function enqueue(database: Database, at: string): Promise<boolean> {
  const { rowCount: moved } = await database.query({
    name: 'webhook enqueue',
    text: `
      with head as materialized (select position from webhook_head for update skip locked),
      fresh as materialized (
        select n.key, n.thread, n.urgency, n.state, n.to_agency, n.to_place, n.position from notices n
        where n.position > (select position from head) order by n.position fetch first ${MOST_AT_ONCE} rows with ties
      ), put as (
        insert into webhook_deliveries (endpoint, notice, event, thread, urgency, created_at, due_at)
        select e.id, n.key, 'raised', n.thread, n.urgency, $1, $1
        from fresh n cross join lateral (
          select e.id from webhook_endpoints e where e.state = 'active' and e.agency = n.to_agency
            and e.place in ('', n.to_place) and e.registered_at_position < n.position offset 0) e
        where n.state = 'told' order by n.position on conflict do nothing
      ), newest as (select max(position) as position from fresh)
      update webhook_head h set position = newest.position from newest where newest.position > h.position`,
    values: [at],
  });
  // Only to those whom it may have reached; a little again each time, for what was leaving while it was taken back.
  await database.query({
    name: 'webhook recall',
    text: `
      with head as materialized (select recalled_at from webhook_head for update skip locked),
      ended as materialized (select n.key, n.ended_at from notices n where n.state = 'recalled'
        and n.ended_at > (select recalled_at from head) - ${OVERLAP}),
      put as (
        insert into webhook_deliveries (endpoint, notice, event, thread, urgency, created_at, due_at)
        select d.endpoint, n.key, 'recalled', d.thread, d.urgency, $1, $1
        from ended n cross join lateral (
          select d.endpoint, d.thread, d.urgency from webhook_deliveries d
          join webhook_endpoints e on e.id = d.endpoint and e.state = 'active'
          where d.notice = n.key and d.event = 'raised' and d.left_at is not null and not exists (
            select from webhook_deliveries r where r.endpoint = d.endpoint and r.notice = d.notice and r.event = 'recalled')
          offset 0) d
        order by n.ended_at on conflict do nothing
      ), newest as (select max(ended_at) as at from ended)
      update webhook_head h set recalled_at = newest.at from newest where newest.at > h.recalled_at`,
    values: [at],
  });
  return moved === 1;
}

/** How many endpoints of each kind may be taken: of those that answered soon the last time, and of those that did not. */
export interface Room {
  readonly quick: number;
  readonly slow: number;
}

/** Endpoints with something due that nobody is sending to, those with something urgent first. Whoever dies loses them when the lease is over. */
export async function claimEndpoints(
  database: Database,
  at: string,
  { quick, slow }: Room,
): Promise<ClaimedEndpoint[]> {
  const { rows } = await database.query<ClaimedEndpoint>({
    name: 'webhook claim',
    text: `
      with quick as (
        select e.id from webhook_endpoints e
        cross join lateral (select exists (select from webhook_deliveries d
          where d.endpoint = e.id and d.state = 'pending' and d.due_at <= $1 and d.urgency = 'urgent') as urgent) u
        where not e.slow and ${DUE} order by u.urgent desc, e.due_at limit $3 for update of e skip locked
      ), slow as (
        select e.id from webhook_endpoints e where e.slow and ${DUE} order by e.due_at limit $4 for update of e skip locked
      )
      update webhook_endpoints set lease = $2, lease_until = now() + ${LEASE}
      where id in (select id from quick union all select id from slow)
      returning ${ENDPOINT_COLUMNS}, lease, failures, slow`,
    values: [at, randomUUID(), quick, slow],
  });
  return rows;
}

// As the index has it.
const rankOf = (row: string): string => `(case ${row}.urgency when 'urgent' then 0 when 'ordinary' then 1 else 2 end)`;

/**
 * The next messages, each the first of its thread that has not arrived: threads with something urgent first. Counts them as tried
 * and renews the lease; none when the lease is another's by now. Walks what waits from its most urgent on and stops at `limit`:
 * of one that was down for long all of it waits, and this is asked for every few of them.
 */
export async function nextDeliveries(
  database: Database,
  { id, lease }: Pick<ClaimedEndpoint, 'id' | 'lease'>,
  at: string,
  limit: number,
): Promise<Delivery[]> {
  const { rows } = await database.query<Delivery>({
    name: 'webhook next',
    text: `
      with mine as (
        update webhook_endpoints set lease_until = now() + ${LEASE}
        where id = $1 and lease = $2 and lease_until > now() and state = 'active' returning id
      ), chosen as (
        select head.seq from (
          select d.thread, d.seq, ${rankOf('d')} as rank from webhook_deliveries d
          where d.endpoint = $1 and d.state = 'pending' order by ${rankOf('d')}, d.seq offset 0
        ) first cross join lateral (
          select h.seq, h.due_at from webhook_deliveries h
          where h.endpoint = $1 and h.thread = first.thread and h.state = 'pending' order by h.seq limit 1
        ) head
        where exists (select from mine) and head.due_at <= $3 and not exists (
          select from webhook_deliveries o where o.endpoint = $1 and o.thread = first.thread and o.state = 'pending'
            and (${rankOf('o')}, o.seq) < (first.rank, first.seq))
        limit $4
      )
      update webhook_deliveries d set attempts = attempts + 1, first_at = coalesce(first_at, $3)
      from chosen c where d.seq = c.seq
      returning d.seq, d.notice, d.event, d.thread, d.attempts, d.first_at, d.waits`,
    values: [id, lease, at, limit],
  });
  return rows.toSorted((one, other) => Number(one.seq - other.seq));
}

/** It is about to leave: from now on it may have reached its receiver, whatever becomes of it. */
export async function leaving(database: Database, seq: bigint, at: string): Promise<void> {
  await database.query('update webhook_deliveries set left_at = $2 where seq = $1 and left_at is null', [seq, at]);
}

/** It arrived, was dropped because there is nothing to say any more, or was given up. */
export async function settle(
  database: Database,
  seq: bigint,
  state: 'delivered' | 'dropped' | 'given-up',
  at: string,
): Promise<void> {
  await database.query(
    `update webhook_deliveries set state = $2, settled_at = $3 where seq = $1 and state = 'pending'`,
    [seq, state, at],
  );
}

/** It did not arrive: tried again then. */
export async function postpone(database: Database, seq: bigint, dueAt: string): Promise<void> {
  await database.query('update webhook_deliveries set due_at = $2 where seq = $1', [seq, dueAt]);
}

/** It is not known yet what it says: looked at again then, and the others of its thread after it. Counts as no attempt. */
export async function hold(database: Database, seq: bigint, dueAt: string): Promise<void> {
  await database.query({
    name: 'webhook hold',
    text: `
      with held as (
        update webhook_deliveries set due_at = $2, waits = waits + 1, attempts = attempts - 1,
          first_at = case when attempts > 1 then first_at end
        where seq = $1 and state = 'pending' returning endpoint, thread
      )
      update webhook_deliveries d set due_at = $2 from held
      where d.endpoint = held.endpoint and d.thread = held.thread and d.state = 'pending' and d.seq > $1 and d.due_at < $2`,
    values: [seq, dueAt],
  });
}

/** Nothing arrives: the endpoint rests until `dueAt`. */
export async function rest(
  database: Database,
  { id, lease }: ClaimedEndpoint,
  at: string,
  dueAt: string,
): Promise<void> {
  await database.query(
    `update webhook_endpoints set failures = failures + 1, failing_since = coalesce(failing_since, $3), due_at = $4,
       slow = true, lease = null, lease_until = null where id = $1 and lease = $2`,
    [id, lease, at, dueAt],
  );
}

/** Something arrived: what had failed before is due at once. */
export async function recovered(database: Database, { id }: Pick<ClaimedEndpoint, 'id'>, at: string): Promise<void> {
  await database.query(
    `with back as (update webhook_endpoints set failures = 0, failing_since = null, due_at = '-infinity'
                   where id = $1 and failures > 0 returning id)
     update webhook_deliveries d set due_at = $2 from back where d.endpoint = back.id and d.state = 'pending' and d.due_at > $2`,
    [id, at],
  );
}

/** Lets the endpoint go. `slow`: it took long. `dueAt`: not before then, where what is due stands behind something that is not. */
export async function release(
  database: Database,
  { id, lease }: ClaimedEndpoint,
  slow: boolean,
  dueAt?: string,
): Promise<void> {
  await database.query(
    `update webhook_endpoints set lease = null, lease_until = null, slow = $4, due_at = coalesce($3, due_at)
     where id = $1 and lease = $2`,
    [id, lease, dueAt ?? null, slow],
  );
}

/** It said that it is gone (410): it is told nothing more. */
export async function stop(database: Database, { id }: Pick<ClaimedEndpoint, 'id'>): Promise<void> {
  await database.query(`update webhook_endpoints set state = 'gone', lease = null, lease_until = null where id = $1`, [
    id,
  ]);
}

/** Puts a message of no notice into one queue; answers its id. */
export async function enqueueTest(database: Database, endpoint: string, at: string): Promise<string> {
  const id = randomUUID();
  await database.query(
    `insert into webhook_deliveries (endpoint, notice, event, thread, urgency, created_at, due_at)
     values ($1, $2, 'test', $2, 'urgent', $3, $3)`,
    [endpoint, id, at],
  );
  await ringForTelling(database);
  return id;
}

/** Has everything that was put into a queue since sent again, in its order. Answers how many messages. */
export async function replay(database: Database, endpoint: string, from: string, at: string): Promise<number> {
  const { rowCount } = await database.query(
    `update webhook_deliveries set state = 'pending', attempts = 0, waits = 0, first_at = null, due_at = $3, settled_at = null
     where endpoint = $1 and created_at >= $2 and event <> 'test'`,
    [endpoint, from, at],
  );
  await ringForTelling(database);
  return rowCount ?? 0;
}

/** A queue in which something has waited, or could not be brought, for too long; or whose endpoint is gone. */
export interface Undelivered {
  readonly id: string;
  readonly system: string;
  readonly gone: boolean;
  readonly waiting: number;
  readonly since: string | null;
}

/** `before`, `urgentBefore`: what was put into a queue by then has waited too long, RFC 3339. */
export async function undelivered(database: Database, before: string, urgentBefore = before): Promise<Undelivered[]> {
  const { rows } = await database.query<Undelivered>({
    name: 'webhook undelivered',
    text: `
      select e.id, e.system, e.state = 'gone' as gone, count(d.seq)::integer as waiting, min(d.created_at) as since
      from webhook_endpoints e
      left join webhook_deliveries d on d.endpoint = e.id and d.state in ('pending', 'given-up')
        and d.created_at <= case d.urgency when 'urgent' then $2::timestamptz else $1::timestamptz end
      where e.state <> 'deleted' group by e.id having count(d.seq) > 0 or e.state = 'gone' order by e.system, e.id`,
    values: [before, urgentBefore],
  });
  return rows;
}
