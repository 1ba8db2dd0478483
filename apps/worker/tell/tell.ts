import { randomUUID } from 'node:crypto';
import { isOver, lookAgainAt, retryAt } from '../../../libs/notifications/retry.js';
import type { AuditChain } from '../../../libs/platform/audit/chain.js';
import {
  claimEndpoints,
  enqueue,
  hold,
  leaving,
  nextDeliveries,
  postpone,
  recovered,
  release,
  rest,
  settle,
  stop,
  type ClaimedEndpoint,
  type Delivery,
  type Room,
} from '../../../libs/platform/notifications/delivery-store.js';
import { EndpointStore, type Endpoint } from '../../../libs/platform/notifications/endpoint-store.js';
import { isUnanswered } from '../../../libs/platform/notifications/unanswered.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import type { Posted, Poster } from './post.js';
import { render, viewerOf, type Silence, type Telling } from './render.js';

const ABREAST = 8;
const TURN_MS = 15_000;
const BEHIND_MS = 1_000;
/** Whoever takes longer than this to answer waits for others like it, and they for nobody else. */
const SLOW_MS = 2_000;

export interface TellingParts {
  readonly parts: Parts;
  readonly audit: Pick<AuditChain, 'record'>;
  readonly poster: Poster;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * Endpoints to which something is due, leased to whoever asked. What was raised since is put into the queues first; `more`: there may
 * be more of that than one look puts there.
 */
export async function claimDue(
  { parts: { database, clock } }: TellingParts,
  room: Room,
): Promise<{ readonly claimed: readonly ClaimedEndpoint[]; readonly more: boolean }> {
  const at = new Date(clock.now()).toISOString();
  const more = await enqueue(database, at);
  return { claimed: await claimEndpoints(database, at, room), more };
}

/**
 * Sends what is due to one endpoint, each message after the one before it in its thread has arrived. Any number of workers may run:
 * an endpoint is one's at a time.
 */
export async function tell(telling: TellingParts, claimed: ClaimedEndpoint, signal: AbortSignal): Promise<void> {
  const { database, keys, clock } = telling.parts;
  const at = (): string => new Date(clock.now()).toISOString();
  const endpoint = new EndpointStore(database, keys).opened(claimed);
  const until = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]);
  let [sent, longest, failing] = [0, 0, claimed.failures > 0];
  while (!until.aborted) {
    // One that failed is asked with one message whether it is back.
    const next = await nextDeliveries(database, claimed, at(), failing ? 1 : ABREAST);
    if (next.length === 0) break;
    sent += next.length;
    const came = await Promise.all(next.map(async (one) => send(telling, endpoint, one)));
    longest = Math.max(longest, ...came.map(({ took }) => took));
    const outcomes = new Set(came.map(({ what }) => what));
    if (outcomes.has('gone')) return stop(database, claimed);
    if (outcomes.has('arrived')) {
      if (failing) await recovered(database, claimed, at());
      failing = false;
    } else if (outcomes.has('away')) {
      return rest(database, claimed, at(), later(telling, claimed.failures + 1));
    }
  }
  const behind = sent === 0 ? new Date(clock.now() + BEHIND_MS).toISOString() : undefined;
  await release(database, claimed, sent === 0 ? claimed.slow : longest > SLOW_MS, behind);
}

/** One turn, for tests: an endpoint of each kind. False when nothing is due anywhere. */
export async function tellOne(telling: TellingParts, signal: AbortSignal): Promise<boolean> {
  const { claimed } = await claimDue(telling, { quick: 1, slow: 1 });
  await Promise.all(claimed.map(async (one) => tell(telling, one, signal)));
  return claimed.length > 0;
}

interface Sent {
  readonly what: Posted | 'dropped' | 'held';
  /** Milliseconds that the receiver took. */
  readonly took: number;
}

async function send(telling: TellingParts, endpoint: Endpoint, delivery: Delivery): Promise<Sent> {
  const { parts, poster } = telling;
  const now = parts.clock.now();
  const at = new Date(now).toISOString();
  const rendered = await render(parts, endpoint, delivery);
  if (typeof rendered === 'string') return { what: await silence(parts, delivery, rendered, now), took: 0 };
  // That it may reach them is written down before it leaves; that it did, before the hub forgets that it has to.
  await record(telling, endpoint, delivery, rendered, 'notice.send');
  await leaving(parts.database, delivery.seq, at);
  const began = performance.now();
  const came = await poster.post(endpoint, rendered.message, now);
  const took = performance.now() - began;
  if (came === 'arrived') {
    await record(telling, endpoint, delivery, rendered, 'notice.delivered');
    await settle(parts.database, delivery.seq, 'delivered', at);
  } else if (delivery.first_at !== null && isOver(Date.parse(delivery.first_at), now)) {
    await settle(parts.database, delivery.seq, 'given-up', at);
  } else {
    await postpone(parts.database, delivery.seq, later(telling, delivery.attempts));
  }
  return { what: came, took };
}

/** Nothing is said: for good, unless the engine has still to say what becomes of the notice, which may be that it stands. */
async function silence(parts: Parts, delivery: Delivery, why: Silence, now: number): Promise<'dropped' | 'held'> {
  const { seq, notice, waits } = delivery;
  const at = new Date(now).toISOString();
  if (why === 'amiss' && (await isUnanswered(parts, notice, at))) {
    await hold(parts.database, seq, new Date(lookAgainAt(waits, now)).toISOString());
    return 'held';
  }
  await settle(parts.database, seq, 'dropped', at);
  return 'dropped';
}

function later({ parts, random }: TellingParts, failures: number): string {
  return new Date(retryAt(failures, parts.clock.now(), random())).toISOString();
}

async function record(
  { parts, audit }: TellingParts,
  endpoint: Endpoint,
  { notice, event, attempts }: Delivery,
  { child, shown }: Telling,
  what: 'notice.send' | 'notice.delivered',
): Promise<void> {
  await audit.record({
    at: new Date(parts.clock.now()).toISOString(),
    ...viewerOf(endpoint),
    purpose: endpoint.purpose,
    what,
    outcome: what === 'notice.delivered' ? 'shown' : 'done',
    ...(child === undefined ? {} : { child }),
    details: { notice, event, endpoint: endpoint.id, attempts },
    shown,
    correlationId: randomUUID(),
  });
}
