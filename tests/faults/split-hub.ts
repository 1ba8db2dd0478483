import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../libs/platform/config.js';
import { startEmbedded } from '../../libs/platform/database/embedded.js';
import { EndpointStore, type Endpoint } from '../../libs/platform/notifications/endpoint-store.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import type { CloudEvent } from '../../libs/simulations/cloud-event.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { openReceiver, type Receiver } from '../../libs/testing/http/receiver.js';
import { startHubProcess, tokenFrom, type HubProcess } from '../../libs/testing/hub/process.js';
import { buildGates, gatesOf } from './gates.js';
import { delivered, letGo, settled } from './settled.js';

const PATIENCE_MS = 60_000;
const CLIENTS = 4;

export type Which = 0 | 1;

/**
 * A hub in three processes, on a PostgreSQL that is not theirs: one with the doors, two that record, derive and tell, of which the
 * second is not started yet. And a partner's system that is told.
 */
export interface SplitHub {
  readonly parts: OpenedParts;
  readonly receiver: Receiver;
  /** Social care's, for safeguarding. */
  readonly endpoint: Endpoint;
  /** Once it is ready. */
  worker(which: Which): Promise<HubProcess>;
  /** Another in the place of the one that was there, if one was; it need not be ready. */
  start(which: Which): void;
  /** kill -9, and at once another in its place. */
  replace(which: Which): Promise<void>;
  /** Sets the clock of all of them, RFC 3339. */
  at(instant: string): Promise<void>;
  /** Has every message acknowledged, several at a time; what is not is sent again, as a partner does. */
  tell(events: readonly CloudEvent[]): Promise<void>;
  /** Stops PostgreSQL, whoever is connected. Answers how to start it again. */
  stopDatabase(): Promise<() => Promise<void>>;
  /** What leases wait for passes, unless it is patient; and what retries wait for. */
  letGo(): Promise<void>;
  settled(): Promise<void>;
  delivered(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens one whose clock shows `begins`, RFC 3339. What has opened is closed when something does not. `patient`: it waits until leases
 * run out by themselves.
 */
export async function openSplitHub(begins: string, { patient }: { readonly patient: boolean }): Promise<SplitHub> {
  const opened = new AsyncDisposableStack();
  try {
    return await open(begins, patient, opened);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function open(begins: string, patient: boolean, opened: AsyncDisposableStack): Promise<SplitHub> {
  const data = await mkdtemp(join(tmpdir(), 'hub-split-'));
  opened.defer(async () => rm(data, { recursive: true, force: true }));
  const clock = join(data, 'clock');
  await writeFile(clock, begins);
  const postgres = join(data, 'postgres');
  let server = await startEmbedded(postgres);
  opened.defer(async () => server.stop());
  const environment = {
    ...{ DATABASE_URL: await server.database('hub'), KEYS_DATABASE_URL: await server.database('hub_keys') },
    ...{ HUB_DATA: data, HUB_TEST_CLOCK: clock, HUB_DEMO: 'false', HUB_WEBHOOK_ALLOW_LOOPBACK: 'true' },
  };
  const parts = await openParts(readConfig(environment), createLogger('silent'));
  opened.defer(async () => parts.close());
  const { database } = parts;
  await buildGates(database);
  const receiver = await openReceiver();
  opened.defer(async () => receiver.close());
  const processes: Promise<HubProcess>[] = [];
  // Whoever is still starting at the end is waited for, so that it is ended.
  opened.defer(async () => {
    for (const one of await Promise.allSettled(processes)) if (one.status === 'fulfilled') await one.value.kill();
  });
  const start = (more: NodeJS.ProcessEnv): Promise<HubProcess> => {
    const started = freePort().then(async (port) => startHubProcess(data, port, { ...environment, ...more }));
    processes.push(started);
    return started;
  };
  const workers: Partial<Record<Which, Promise<HubProcess>>> = {};
  const doors = await start({ HUB_ROLES: 'gateway' });
  const endpoint = await new EndpointStore(database, parts.keys).register({
    ...{ id: randomUUID(), system: 'social-care', agency: 'social-care', place: '', purpose: 'safeguarding' },
    ...{ url: receiver.url, createdAt: begins },
  });
  const systems = ['police', 'social-care', 'yos'];
  const tokens = new Map(
    await Promise.all(systems.map(async (system) => [system, await tokenFrom(doors.url, system)] as const)),
  );

  const hub: SplitHub = {
    ...{ parts, receiver, endpoint },
    worker: async (which) => {
      const started = workers[which];
      if (!started) throw new Error(`worker ${which} was not started`);
      return started;
    },
    start: (which) => {
      const started = start({ HUB_ROLES: 'worker', ...gatesOf(which) });
      workers[which] = started;
      // Heard of by whoever asks for it.
      void Promise.allSettled([started]);
    },
    replace: async (which) => {
      await (await hub.worker(which)).kill();
      hub.start(which);
    },
    at: async (instant) => {
      // Renamed, not written over: nobody ever finds it empty.
      await writeFile(`${clock}.next`, new Date(instant).toISOString());
      await rename(`${clock}.next`, clock);
    },
    tell: async (events) => {
      const left = events.values();
      const client = async (): Promise<void> => {
        for (const event of left) await publish(doors.url, event, tokens.get(event.source) ?? '');
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
    },
    stopDatabase: async () => {
      await server.stop();
      return async () => {
        server = await startEmbedded(postgres);
      };
    },
    letGo: async () => letGo(parts, !patient),
    settled: async () => settled(parts, hub.letGo),
    delivered: async () => delivered(parts, hub.letGo),
    close: async () => opened.disposeAsync(),
  };
  return hub;
}

async function publish(url: string, event: CloudEvent, token: string): Promise<void> {
  const over = Date.now() + PATIENCE_MS;
  for (;;) {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    const said = `${response.status} ${await response.text()}`;
    if (response.status === 202) return;
    if (response.status !== 503 || Date.now() > over) throw new Error(said);
    await sleep(50);
  }
}
