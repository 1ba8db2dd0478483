// A process of its own that records looks, 64 at once: arguments are the connection strings, a name and how many.
import { AuditChain } from '../../platform/audit/chain.js';
import { openPool } from '../../platform/database/pool.js';
import { openKeyStore } from '../../platform/keys/key-store.js';
import { createLogger } from '../../platform/telemetry/logger.js';
import { lookOf } from './looks.js';

const [hub, keyStore, who, count] = process.argv.slice(2);
if (hub === undefined || keyStore === undefined || who === undefined) throw new Error('usage: HUB KEYS WHO COUNT');
const database = openPool(hub, 'look writer', 4);
const keys = await openKeyStore({ url: keyStore, masterKey: Buffer.alloc(32, 7) });
const chain = await AuditChain.open({ database, keys, logger: createLogger('silent') });
let left = Number(count);
await Promise.all(
  Array.from({ length: 64 }, async () => {
    while ((left -= 1) >= 0) await chain.record(lookOf(who));
  }),
);
await chain.close();
await keys.close();
await database.end();
