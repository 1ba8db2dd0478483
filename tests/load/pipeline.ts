import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { defaultLoop, runWorker } from '../../apps/worker/worker.loop.js';
import { systemClock } from '../../libs/kernel/clock.js';
import type { Incoming } from '../../libs/kernel/intake.js';
import { readConfig } from '../../libs/platform/config.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { PostgresIntake } from '../../libs/platform/intake/postgres/postgres-intake.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { projected } from '../../libs/projected.js';
import { compare, type Benchmark } from './measurement.js';
import { backfill } from './backfill.js';
import { SCALE } from './grown-hub.js';

const MESSAGES = 40_000 * SCALE;
const BATCH = 1_000;
const CLIENTS = 4;
const EVENTS = 1_000;
const LOOK_AGAIN_MS = 10;

/** A partner's backfill from bytes to committed timeline rows, in one process as `npm start` runs it. */
export const pipeline: Benchmark = {
  name: 'pipeline',
  what: `bytes to committed timeline row, a backfill of ${MESSAGES * 5} messages in 5 runs, one fact each, in equal shares: every agency’s own format, and canonical events; ten messages a record; ${CLIENTS} batches of ${BATCH} on their way at once`,
  goal: { of: 'ratio', is: 'at least', goal: 0.15, beyond: 0.3 },
  run: async (server) => {
    const urls = await server.databases();
    const parts = await open(urls);
    const stop = new AbortController();
    const projections = new Projections(parts, projected);
    await projections.prepare();
    const running = Promise.all([runWorker(parts, stop.signal, defaultLoop), projections.run(stop.signal)]);
    await parts.database.query(
      `create table raw_events (position bigint generated always as identity primary key, stream uuid not null, revision integer not null,
         id uuid not null, type text not null, meta json not null, data bytea not null,
         recorded_at timestamptz not null default clock_timestamp(), unique (stream, revision))`,
    );
    let round = 0;
    try {
      return await compare({
        name: 'pipeline',
        unit: 'messages/s',
        reference: `raw unnest inserts of the events, ${EVENTS} at a time`,
        subject: async () => {
          const messages = backfill(MESSAGES, round++);
          const end = ((await parts.log.head()) ?? 0n) + BigInt(MESSAGES);
          const began = performance.now();
          await Promise.all(Array.from({ length: CLIENTS }, async (_, client) => send(parts.intake, messages, client)));
          while (((await parts.log.head()) ?? 0n) < end) await setTimeout(LOOK_AGAIN_MS);
          await projections.settled();
          return (MESSAGES * 1_000) / (performance.now() - began);
        },
        against: async () => {
          const began = performance.now();
          for (let at = 0; at < MESSAGES; at += EVENTS) await insertRaw(parts.database);
          return (MESSAGES * 1_000) / (performance.now() - began);
        },
      });
    } finally {
      stop.abort();
      await running;
      await close(parts);
    }
  },
};

type Opened = Parts & { readonly intake: PostgresIntake };

async function open(urls: { hub: string; keys: string }): Promise<Opened> {
  const config = readConfig({ LOG_LEVEL: 'error', HUB_INTAKE_LIMIT: '1000000' });
  const keys = await openKeyStore({ url: urls.keys, masterKey: randomBytes(32) });
  const database = openPool(urls.hub, 'bench pipeline', 20);
  const log = await openPostgresEventLog({ pool: database, wake: urls.hub });
  const intake = new PostgresIntake({ database, keys, clock: systemClock, limit: config.HUB_INTAKE_LIMIT });
  return {
    config,
    keys,
    database,
    log,
    intake,
    clock: systemClock,
    logger: createLogger('error'),
    metrics: createMetrics(),
  };
}

async function close({ intake, log, database, keys }: Opened): Promise<void> {
  await intake.stop();
  await log.close();
  await database.end();
  await keys.close();
}

/** Every `CLIENTS`th batch, one after the other. */
async function send(intake: PostgresIntake, messages: readonly Incoming[], client: number): Promise<void> {
  for (let at = client * BATCH; at < messages.length; at += CLIENTS * BATCH) {
    await intake.keep(messages.slice(at, at + BATCH));
  }
}

async function insertRaw(database: Database): Promise<void> {
  const all = Array.from({ length: EVENTS }, () => ({
    id: randomUUID(),
    stream: randomUUID(),
    data: randomBytes(BYTES.data),
  }));
  await database.query(
    `insert into raw_events (stream, revision, id, type, meta, data)
     select stream, 0, id, 'hub.court.v1.ResultRecorded', meta, data from unnest($1::uuid[], $2::uuid[], $3::json[], $4::bytea[]) as e (stream, id, meta, data)`,
    [all.map(({ stream }) => stream), all.map(({ id }) => id), all.map(() => meta), all.map(({ data }) => data)],
  );
}

/** As large as the hub's own of these messages are on average: a larger one flatters the hub. */
const BYTES = { meta: 521, data: 125 };
const hashes = { fact: 'f'.repeat(64), content: 'c'.repeat(64), rest: '' };
const meta = JSON.stringify({ ...hashes, rest: 'r'.repeat(BYTES.meta - JSON.stringify(hashes).length) });
