import { createHash, randomUUID } from 'node:crypto';
import type { EventLog } from '../../libs/kernel/event-log.js';
import type { DataKey, KeyStore } from '../../libs/kernel/keys.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { projected } from '../../libs/projected.js';
import type { BenchServer } from './measurement.js';
import { populate, type PopulatedRecord } from './population.js';

/** `HUB_BENCH_SCALE=0.01` makes every log a hundredth of its size: to see that a benchmark runs. */
export const SCALE = Number(process.env['HUB_BENCH_SCALE'] ?? '1');
/** Children with a thousand entries each; all others have forty. */
const READ_CHILDREN = 10;
const AT_ONCE = 100;

export const masterKey = Buffer.alloc(32, 7);

/** A hub with a log of a given size and every row that reading it takes, as the worker would have left it. */
export interface GrownHub {
  readonly urls: { readonly hub: string; readonly keys: string };
  readonly database: Database;
  readonly keys: KeyStore;
  readonly log: EventLog;
  /** Children with a thousand entries. */
  readonly children: readonly string[];
  /** Appends until the log holds so many events, and builds the rows anew. */
  growTo(events: number): Promise<void>;
  close(): Promise<void>;
}

/** Messages and claims are left out, and statements of all but the children that are read: no read and no append looks at them. */
export async function growHub(server: BenchServer, events: number): Promise<GrownHub> {
  const urls = await server.databases();
  const database = openPool(urls.hub, 'bench grown', 20);
  const keys = await openKeyStore({ url: urls.keys, masterKey });
  const log = await openPostgresEventLog({ pool: database, wake: urls.hub });
  const parts = { database, log, keys, logger: createLogger('silent'), metrics: createMetrics() };
  const projections = new Projections(parts, projected);
  const children: string[] = [];
  const add = async (count: number, eventsEach: number, stated: boolean): Promise<string[]> => {
    const spare = await keys.take(count * 4);
    const takeKey = (): DataKey => spare.pop() ?? fail();
    const records = Array.from({ length: count }, () => populate(eventsEach, takeKey, hashOf)).flat();
    await insert(database, records, stated);
    await Promise.all(records.map(async ({ stream, events: told }) => log.append(stream, 'no-stream', told)));
    return [...new Set(records.map(({ child }) => child))];
  };
  const hub: GrownHub = {
    urls,
    database,
    keys,
    log,
    children,
    growTo: async (wanted) => {
      const total = Math.max(1, Math.round(wanted * SCALE));
      if (children.length === 0) children.push(...(await add(READ_CHILDREN, 250, true)));
      for (let head = await log.head(); Number(head ?? 0n) < total; head = await log.head()) {
        await add(Math.min(AT_ONCE, Math.ceil((total - Number(head ?? 0n)) / 40)), 10, false);
      }
      for (const { name } of projected) await projections.rebuild(name);
      await projections.close();
      // As autovacuum would have, by and by.
      await database.query('vacuum analyze');
      await database.query('checkpoint');
    },
    close: async () => {
      await log.close();
      await keys.close();
      await database.end();
    },
  };
  await hub.growTo(events);
  return hub;
}

function fail(): never {
  throw new RangeError('no key left');
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export async function insert(database: Database, records: readonly PopulatedRecord[], stated: boolean): Promise<void> {
  const children = [...new Set(records.map(({ child }) => child))];
  const column = <T>(of: (record: PopulatedRecord) => T): T[] => records.map(of);
  await database.query('insert into children select unnest($1::uuid[]), false, now()', [children]);
  await database.query(
    `insert into records (stream, system, agency, key_hash, key_id, source_key, person, person_stated_at, created_at)
     select stream, agency, agency, key_hash, key_id, source_key, person, at, now()
     from unnest($1::uuid[], $2::text[], $3::bytea[], $4::uuid[], $5::bytea[], $6::bytea[], $7::timestamptz[])
       as r (stream, agency, key_hash, key_id, source_key, person, at)`,
    [
      column(({ stream }) => stream),
      column(({ agency }) => agency),
      column(({ stream }) => Buffer.from(hashOf(stream), 'hex')),
      column(({ key }) => key.id),
      column(({ sourceKey }) => sourceKey),
      column(({ person }) => person),
      column(({ statedAt }) => statedAt),
    ],
  );
  await database.query(
    `insert into links (id, record, child, method, known_from, reason, who)
     select id, record, child, 'exact', '2016-01-01Z', 'a trusted identifier in common', 'hub'
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as l (id, record, child)`,
    [column(() => randomUUID()), column(({ stream }) => stream), column(({ child }) => child)],
  );
  if (!stated) return;
  const facts = records.flatMap(({ stream, events }) => events.map(({ meta }) => ({ stream, meta })));
  await database.query(
    `insert into statements (fact, receipt, stream, stated_at, content)
     select * from unnest($1::bytea[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::bytea[])`,
    [
      facts.map(({ meta }) => Buffer.from(meta.fact, 'hex')),
      facts.map(({ meta }) => meta.receipt),
      facts.map(({ stream }) => stream),
      facts.map(({ meta }) => meta.statedAt),
      facts.map(({ meta }) => Buffer.from(meta.content, 'hex')),
    ],
  );
}
