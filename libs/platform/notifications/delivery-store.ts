import { randomUUID } from 'node:crypto';
import type { Database } from '../database/pool.js';
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
}

export interface ClaimedEndpoint extends EndpointRow {
  readonly lease: string;
  readonly failures: number;
  /** It failed, or took long, the last time. */
  readonly slow: boolean;
}

const LEASE = `interval '30 seconds'`;
/** Longer than a message is in hand. */
const OVERLAP = `interval '10 minutes'`;
const DUE = `e.state = 'active' and e.due_at <= $1 and (e.lease_until is null or e.lease_until < now())
  and exists (select from webhook_deliveries d where d.endpoint = e.id and d.state = 'pending' and d.due_at <= $1)`;

/** Puts what was raised or taken back since into the queues, in the order it was. One process at a time; `at`: RFC 3339. */
export async function enqueue(database: Database, at: string): Promise<void> {
  await database.query({
    name: 'webhook enqueue',
    text: `
      with head as (select position from webhook_head for update skip locked),
      newest as (select coalesce(max(position), 0) as position from notices),
      put as (
        insert into webhook_deliveries (endpoint, notice, event, thread, urgency, created_at, due_at)
        select e.id, n.key, 'raised', n.thread, n.urgency, $1, $1
        from head join notices n on n.position > head.position and n.state = 'told'
        join webhook_endpoints e on e.state = 'active' and e.agency = n.to_agency and (e.place = '' or e.place = n.to_place)
          and n.position > e.registered_at_position
        order by n.position on conflict do nothing
      )
      update webhook_head h set position = newest.position from head, newest where newest.position > head.position`,
    values: [at],
  });
  // Only to those whom it may have reached; a little again each time, for what was leaving while it was taken back.
  await database.query({
    name: 'webhook recall',
    text: `
      with head as (select recalled_at from webhook_head for update skip locked),
      ended as (select n.key, n.ended_at from head join notices n on n.state = 'recalled'
        and n.ended_at > head.recalled_at - ${OVERLAP}),
      put as (
        insert into webhook_deliveries (endpoint, notice, event, thread, urgency, created_at, due_at)
        select d.endpoint, d.notice, 'recalled', d.thread, d.urgency, $1, $1
        from ended n join webhook_deliveries d on d.notice = n.key and d.event = 'raised' and d.left_at is not null
        join webhook_endpoints e on e.id = d.endpoint and e.state = 'active'
        where not exists (select from webhook_deliveries r
          where r.endpoint = d.endpoint and r.notice = d.notice and r.event = 'recalled')
        order by n.ended_at on conflict do nothing
      ), newest as (select max(ended_at) as at from ended)
      update webhook_head h set recalled_at = newest.at from head, newest where newest.at > head.recalled_at`,
    values: [at],
  });
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

/**
 * The next messages, each the first of its thread that has not arrived: threads with something urgent first. Counts them as tried
 * and renews the lease; none when the lease is another's by now.
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
      ), heads as (
        select distinct on (d.thread) d.seq, d.due_at,
          min(case d.urgency when 'urgent' then 0 when 'ordinary' then 1 else 2 end) over (partition by d.thread) as rank
        from webhook_deliveries d join mine on d.endpoint = mine.id where d.state = 'pending'
        order by d.thread, d.seq
      ), chosen as (select seq from heads where due_at <= $3 order by rank, seq limit $4)
      update webhook_deliveries d set attempts = attempts + 1, first_at = coalesce(first_at, $3)
      from chosen c where d.seq = c.seq
      returning d.seq, d.notice, d.event, d.thread, d.attempts, d.first_at`,
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
  return id;
}

/** Has everything that was put into a queue since sent again, in its order. Answers how many messages. */
export async function replay(database: Database, endpoint: string, from: string, at: string): Promise<number> {
  const { rowCount } = await database.query(
    `update webhook_deliveries set state = 'pending', attempts = 0, first_at = null, due_at = $3, settled_at = null
     where endpoint = $1 and created_at >= $2 and event <> 'test'`,
    [endpoint, from, at],
  );
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
