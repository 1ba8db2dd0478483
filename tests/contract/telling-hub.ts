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
  /** Waits for an answer for a third of a second only: set where a receiver does not answer. */
  hasty: boolean;
  now(): number;
  ago(minutes: number): string;
  parts(): TellingParts;
  register(system: string, url: string, purpose?: string): Promise<Endpoint>;
  /** A receiver that is registered for a system, social care's unless it is said; both go with `close` or `clear`. */
  listening(system?: string, purpose?: string): Promise<{ readonly receiver: Receiver; readonly endpoint: Endpoint }>;
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
  const [patient, hasty] = [poster(true, 10_000), poster(true, 300)];
  const store = new EndpointStore(hub.database, hub.keys);
  const following = new AbortController();
  await hub.projections.prepare();
  const projections = hub.projections.run(following.signal);
  const receivers: Receiver[] = [];
  let serial = 100;

  const telling: TellingHub = {
    ...{ hub, store, later: 0, hasty: false, now: clock.now },
    ago: (minutes) => new Date(Date.now() - minutes * 60_000).toISOString(),
    parts: () => ({ parts: hub, audit, poster: telling.hasty ? hasty : patient, random: () => 0.5 }),
    register: async (system, url, purpose = 'safeguarding') =>
      store.register({
        ...{ id: randomUUID(), system, agency: system, place: '', purpose, url },
        createdAt: new Date().toISOString(),
      }),
    listening: async (system = 'social-care', purpose) => {
      const receiver = await openReceiver();
      receivers.push(receiver);
      return { receiver, endpoint: await telling.register(system, receiver.url, purpose) };
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
      telling.hasty = false;
      for (const system of ['social-care', 'yos']) {
        for (const one of await store.list(system)) await store.remove(one.id);
      }
      await Promise.all(receivers.splice(0).map(async (receiver) => receiver.close()));
    },
    close: async () => {
      await telling.clear();
      await patient.close();
      await hasty.close();
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
