import { randomUUID } from 'node:crypto';
import { poster } from '../../apps/worker/tell/post.js';
import { tellOne, type TellingParts } from '../../apps/worker/tell/tell.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import { EndpointStore, type Endpoint } from '../../libs/platform/notifications/endpoint-store.js';
import { openReceiver, type Receiver } from '../../libs/testing/http/receiver.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { reported, tellAll, type Reported, type Told } from './notified.js';

const forever = new AbortController().signal;
const HOUR_MS = 3_600_000;

/** A hub that tells partners' systems, whose clock goes where it is set. */
export interface TellingHub {
  readonly hub: TestHub;
  readonly store: EndpointStore;
  /** Milliseconds that the hub's clock is ahead. */
  later: number;
  now(): number;
  ago(minutes: number): string;
  parts(more?: Partial<TellingParts>): TellingParts;
  register(system: string, url: string, purpose?: string): Promise<Endpoint>;
  /** A receiver that is registered for social care's system; both go with `close` or `clear`. */
  listening(): Promise<{ readonly receiver: Receiver; readonly endpoint: Endpoint }>;
  /** Sends until nothing is due; where something failed, `hours` go by before it is tried again. */
  deliver(rounds?: number, hours?: number): Promise<void>;
  /** Another child is reported missing, under the reference that is answered. */
  report(more?: Reported): Promise<{ readonly child: Told; readonly ref: string }>;
  /** Removes what listens. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openTellingHub(): Promise<TellingHub> {
  const opened = await openTestHub();
  const clock = { now: () => Date.now() + telling.later };
  const hub = { ...opened, clock };
  const audit = await AuditChain.open(hub);
  const post = poster(true, 500);
  const store = new EndpointStore(hub.database, hub.keys);
  const following = new AbortController();
  await hub.projections.prepare();
  const projections = hub.projections.run(following.signal);
  const receivers: Receiver[] = [];
  let serial = 100;

  const telling: TellingHub = {
    ...{ hub, store, later: 0, now: clock.now },
    ago: (minutes) => new Date(Date.now() - minutes * 60_000).toISOString(),
    parts: (more = {}) => ({ parts: hub, audit, poster: post, random: () => 0.5, ...more }),
    register: async (system, url, purpose = 'safeguarding') =>
      store.register({
        ...{ id: randomUUID(), system, agency: system, place: '', purpose, url },
        createdAt: new Date().toISOString(),
      }),
    listening: async () => {
      const receiver = await openReceiver();
      receivers.push(receiver);
      return { receiver, endpoint: await telling.register('social-care', receiver.url) };
    },
    deliver: async (rounds = 1, hours = 2) => {
      for (let round = 0; round < rounds; round += 1) {
        if (round > 0) telling.later += hours * HOUR_MS;
        for (let turn = 0; turn < 50 && (await tellOne(telling.parts(), forever)); turn += 1);
      }
    },
    report: async (more) => {
      serial += 1;
      const child = { who: usable(serial), familyName: `Quarrington ${serial}` };
      await tellAll(hub, reported(child, `W${serial}`, telling.ago(4), more));
      return { child, ref: `W${serial}` };
    },
    clear: async () => {
      telling.later = 0;
      for (const one of await store.list('social-care')) await store.remove(one.id);
      await Promise.all(receivers.splice(0).map(async (receiver) => receiver.close()));
    },
    close: async () => {
      await telling.clear();
      await post.close();
      await audit.close();
      following.abort();
      await projections;
      await hub.close();
    },
  };
  return telling;
}

// Serials of the test range whose check digit there is.
function usable(n: number): number {
  const sum = (digits: string): number =>
    [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const all = Array.from({ length: 90 }, (_, one) => one + 1).filter(
    (one) => (11 - (sum(`999000${String(11 * one).padStart(3, '0')}`) % 11)) % 11 !== 10,
  );
  return all[n % all.length] ?? 1;
}
