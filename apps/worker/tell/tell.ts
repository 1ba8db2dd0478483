import { randomUUID } from 'node:crypto';
import { isOver, retryAt } from '../../../libs/notifications/retry.js';
import type { AuditChain } from '../../../libs/platform/audit/chain.js';
import {
  claimEndpoint,
  enqueue,
  leaving,
  nextDeliveries,
  postpone,
  recovered,
  release,
  rest,
  settle,
  stop,
  type Delivery,
} from '../../../libs/platform/notifications/delivery-store.js';
import { EndpointStore, type Endpoint } from '../../../libs/platform/notifications/endpoint-store.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import type { Posted, Poster } from './post.js';
import { render, viewerOf, type Telling } from './render.js';

const ABREAST = 8;
const TURN_MS = 15_000;
const BEHIND_MS = 1_000;

export interface TellingParts {
  readonly parts: Parts;
  readonly audit: Pick<AuditChain, 'record'>;
  readonly poster: Poster;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * Sends what is due to one endpoint, each message after the one before it in its thread has arrived. False when nothing is due anywhere.
 * Any number of workers may run: an endpoint is one's at a time, so that a slow one keeps nobody else waiting.
 */
export async function tellOne(telling: TellingParts, signal: AbortSignal): Promise<boolean> {
  const { database, keys, clock } = telling.parts;
  const at = (): string => new Date(clock.now()).toISOString();
  await enqueue(database, at());
  const claimed = await claimEndpoint(database, at());
  if (!claimed) return false;
  const endpoint = new EndpointStore(database, keys).opened(claimed);
  const until = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]);
  let sent = 0;
  while (!until.aborted) {
    const next = await nextDeliveries(database, claimed, at(), ABREAST);
    if (next.length === 0) break;
    sent += next.length;
    const came = await Promise.all(next.map(async (one) => send(telling, endpoint, one)));
    if (came.includes('gone')) {
      await stop(database, claimed);
      return true;
    }
    if (came.includes('arrived')) await recovered(database, claimed, at());
    else if (came.includes('away')) {
      await rest(database, claimed, at(), later(telling, claimed.failures + 1));
      return true;
    }
  }
  await release(database, claimed, sent === 0 ? new Date(clock.now() + BEHIND_MS).toISOString() : undefined);
  return true;
}

async function send(telling: TellingParts, endpoint: Endpoint, delivery: Delivery): Promise<Posted | 'dropped'> {
  const { parts, poster } = telling;
  const now = parts.clock.now();
  const at = new Date(now).toISOString();
  const rendered = await render(parts, endpoint, delivery);
  if (!rendered) {
    await settle(parts.database, delivery.seq, 'dropped', at);
    return 'dropped';
  }
  // That it may reach them is written down before it leaves; that it did, before the hub forgets that it has to.
  await record(telling, endpoint, delivery, rendered, 'notice.send');
  await leaving(parts.database, delivery.seq, at);
  const came = await poster.post(endpoint, rendered.message, now);
  if (came === 'arrived') {
    await record(telling, endpoint, delivery, rendered, 'notice.delivered');
    await settle(parts.database, delivery.seq, 'delivered', at);
  } else if (delivery.first_at !== null && isOver(Date.parse(delivery.first_at), now)) {
    await settle(parts.database, delivery.seq, 'given-up', at);
  } else {
    await postpone(parts.database, delivery.seq, later(telling, delivery.attempts));
  }
  return came;
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
