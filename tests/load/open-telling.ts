import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTelling } from '../../apps/worker/tell/tell.loop.js';
import { systemClock } from '../../libs/kernel/clock.js';
import { readConfig } from '../../libs/platform/config.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { PostgresIntake } from '../../libs/platform/intake/postgres/postgres-intake.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { ringForTelling } from '../../libs/platform/notifications/telling-bell.js';
import { EndpointStore } from '../../libs/platform/notifications/endpoint-store.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { projected } from '../../libs/projected.js';
import { insert, masterKey } from './grown-hub.js';
import type { BenchServer } from './measurement.js';
import { conference } from './open-duties.js';

const SLOW_MS = 4_000;
const GIVE_UP_MS = 60_000;
const LOOK_MS = 20;

/** How a receiver that is not well answers: not at all, never, with an error, or late. */
export type Ill = 'refused' | 'hanging' | '500' | 'slow';

/** A hub that tells so many endpoints, each of a place of its own, at an HTTP server of its own on this machine. */
export interface OpenTelling {
  readonly places: readonly string[];
  /** Notices so many places of one each, told from now on. */
  raise(places: readonly string[]): Promise<void>;
  /**
   * Waits until nothing is under way, and forgets what has not arrived and how endpoints did; the receivers of these places are ill
   * from now on, all others well. What arrived stays in the queues, as it does for 90 days.
   */
  begin(ill: ReadonlyMap<string, Ill>): Promise<void>;
  /** Called with a place when it has been told. */
  told: (place: string) => void;
  close(): Promise<void>;
}

export async function openTelling(server: BenchServer, count: number): Promise<OpenTelling> {
  const urls = await server.databases();
  const database = openPool(urls.hub, 'bench telling', 20);
  const keys = await openKeyStore({ url: urls.keys, masterKey });
  const log = await openPostgresEventLog({ pool: database, wake: urls.hub });
  const config = readConfig({ LOG_LEVEL: 'silent', HUB_WEBHOOK_ALLOW_LOOPBACK: 'true' });
  const clock = systemClock;
  const intake = new PostgresIntake({ database, keys, clock, limit: config.HUB_INTAKE_LIMIT });
  const [logger, metrics] = [createLogger('silent'), createMetrics()];
  const parts: Parts = { config, database, keys, log, intake, clock, logger, metrics };
  const projections = new Projections(parts, projected);
  await projections.prepare();
  const [key] = await keys.take(1);
  if (!key) throw new Error('no key was left');
  const record = conference(key, new Date(Date.now() - 60_000).toISOString());
  await insert(database, [record], true);
  await log.append(record.stream, 'no-stream', record.events);
  await projections.rebuild('timeline');

  const places = Array.from({ length: count }, (_, n) => `place ${n}`);
  const ill = new Map<string, Ill>();
  const servers = await Promise.all(places.map(async (place) => listen((...taken) => answer(place, ...taken))));
  const store = new EndpointStore(database, keys);
  for (const [n, place] of places.entries()) {
    const url = `http://127.0.0.1:${portOf(servers[n])}/hook`;
    const kept = {
      id: randomUUID(),
      system: 'social-care',
      agency: 'social-care',
      place,
      purpose: 'safeguarding',
      url,
    };
    await store.register({ ...kept, createdAt: new Date().toISOString() });
  }
  const fact = record.events[0]?.meta.fact ?? '';
  let position = 0;
  const opened: OpenTelling = {
    places,
    told: () => undefined,
    raise: async (some) => {
      await database.query(
        `insert into notices (key, record, capability, kind, thread, rule, to_agency, to_role, to_purpose, to_place, urgency,
           possible, reminder, causes, state, raised_at, position)
         select gen_random_uuid(), $1, 'exploitation', 'bench', gen_random_uuid(), 'B3', 'social-care', 'social-worker', 'safeguarding',
           place, 'urgent', false, false, $2, 'told', now(), $3 + n from unnest($4::text[]) with ordinality as s (place, n)`,
        [record.child, fact, position, some],
      );
      position += some.length;
      // As whoever writes the rows does.
      await ringForTelling(database);
    },
    begin: async (now) => {
      ill.clear();
      await forget(database, servers);
      for (const [place, how] of now) ill.set(place, how);
      await Promise.all(places.map(async (place, n) => listening(servers[n], ill.get(place) !== 'refused')));
    },
    close: async () => {
      stop.abort();
      for (const one of servers) one.closeAllConnections();
      await telling;
      await Promise.all(servers.filter(({ listening: is }) => is).map(close));
      await projections.close();
      await intake.stop();
      await log.close();
      await keys.close();
      await database.end();
    },
  };
  const answer = (place: string, ...[request, response]: Parameters<RequestListener>): void => {
    const how = ill.get(place);
    request.resume().on('end', () => {
      if (how === 'hanging') return;
      if (how === 'slow') {
        AbortSignal.timeout(SLOW_MS).addEventListener('abort', () => {
          response.writeHead(204).end();
        });
        return;
      }
      response.writeHead(how === '500' ? 500 : 204).end();
      if (how === undefined) opened.told(place);
    });
  };
  const stop = new AbortController();
  const telling = runTelling(parts, stop.signal);
  return opened;
}

async function forget(database: Database, servers: readonly Server[]): Promise<void> {
  await database.query(`update webhook_deliveries set state = 'dropped' where state = 'pending'`);
  for (const one of servers) one.closeAllConnections();
  const until = Date.now() + GIVE_UP_MS;
  while ((await inHand(database)) > 0) {
    if (Date.now() > until) throw new Error('what was under way did not come to an end');
    await sleep(LOOK_MS);
  }
  await database.query(
    `update webhook_endpoints set failures = 0, failing_since = null, due_at = '-infinity', slow = false`,
  );
}

async function inHand(database: Database): Promise<number> {
  return (await database.query('select from webhook_endpoints where lease is not null')).rowCount ?? 0;
}

async function listen(take: RequestListener): Promise<Server> {
  const server = createServer(take);
  await listening(server, true);
  return server;
}

const ports = new WeakMap<Server, number>();
const portOf = (server: Server | undefined): number => (server && ports.get(server)) ?? 0;

/** Has a server listen, always at its first port, or refuse. */
async function listening(server: Server | undefined, wanted: boolean): Promise<void> {
  if (!server || server.listening === wanted) return;
  if (!wanted) return close(server);
  await new Promise<void>((resolve) => server.listen(portOf(server), '127.0.0.1', resolve));
  ports.set(server, (server.address() as AddressInfo).port);
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
