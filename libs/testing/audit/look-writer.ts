// A process of its own that records looks, 64 at once: arguments are the connection strings, a name and how many.
// It starts to record when as many writers as the last argument says are ready, so that they do so at one time.
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditChain } from '../../platform/audit/chain.js';
import { openPool } from '../../platform/database/pool.js';
import { openKeyStore } from '../../platform/keys/key-store.js';
import { createLogger } from '../../platform/telemetry/logger.js';
import { lookOf } from './looks.js';

const [hub, keyStore, who, count, writers] = process.argv.slice(2);
if (hub === undefined || keyStore === undefined || who === undefined)
  throw new Error('usage: HUB KEYS WHO COUNT WRITERS');
const database = openPool(hub, 'look writer', 4);
const keys = await openKeyStore({ url: keyStore, masterKey: Buffer.alloc(32, 7) });
const chain = await AuditChain.open({ database, keys, logger: createLogger('silent') });
await othersReady(Number(writers));
let left = Number(count);
await Promise.all(
  Array.from({ length: 64 }, async () => {
    while ((left -= 1) >= 0) await chain.record(lookOf(who));
  }),
);
await chain.close();
await keys.close();
await database.end();

/** Each ready writer holds one shared lock until it ends: the server counts them. */
async function othersReady(wanted: number): Promise<void> {
  const ready = await database.connect();
  await ready.query('select pg_advisory_lock_shared(64)');
  for (let looks = 0; looks < 2_000; looks += 1) {
    const { rows } = await ready.query<{ n: number }>(
      `select count(*)::integer as n from pg_locks
       where locktype = 'advisory' and objid = 64 and database = (select oid from pg_database where datname = current_database())`,
    );
    if ((rows[0]?.n ?? 0) >= wanted) break;
    await sleep(10);
  }
  // Given back without being unlocked: the lock is the connection's, which lives as long as this process records.
  ready.release();
}
