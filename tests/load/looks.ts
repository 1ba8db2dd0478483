import { AuditChain } from '../../libs/platform/audit/chain.js';
import type { Look } from '../../libs/platform/audit/look.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { lookOf } from '../../libs/testing/audit/looks.js';
import { compare, rate, type Benchmark } from './measurement.js';

const CLIENTS = 64;
const SECONDS = 3;

/** Looks recorded in the chain, each awaited by its reader, against the same rows inserted one by one, unchained. */
export const looks: Benchmark = {
  name: 'looks',
  what: `looks of 100 entries recorded in the audit's chain, ${CLIENTS} readers, two instances that share it`,
  goal: { of: 'ratio', is: 'at least', goal: 1, beyond: 2 },
  run: async (server) => {
    const urls = await server.databases();
    const keys = await openKeyStore({ url: urls.keys, masterKey: Buffer.alloc(32, 7) });
    const pools = ['one', 'two'].map((name) => openPool(urls.hub, `bench looks ${name}`, 20));
    const chains = await Promise.all(
      pools.map(async (database) => AuditChain.open({ database, keys, logger: createLogger('silent') })),
    );
    const shown = Array.from({ length: 100 }, () => crypto.randomUUID());
    await pools[0]!.query('create table plain_audit (like audit including indexes)');
    try {
      return await compare({
        name: 'looks',
        unit: 'looks/s',
        reference: 'single-row inserts of the same, without a chain, from 20 connections each',
        subject: async () =>
          rate(CLIENTS, SECONDS, async (client) => {
            await chains[client % 2]!.record(lookOf('reader', { shown }));
            return 1;
          }),
        against: async () =>
          rate(CLIENTS, SECONDS, async (client) => {
            await insertPlain(pools[client % 2]!, lookOf('reader', { shown }));
            return 1;
          }),
      });
    } finally {
      for (const chain of chains) await chain.close();
      for (const pool of pools) await pool.end();
      await keys.close();
    }
  },
};

let id = 0;

/** As looks were written before the chain. */
async function insertPlain(pool: Database, look: Look): Promise<void> {
  id += 1;
  await pool.query({
    name: 'plain look',
    text: `insert into plain_audit (id, at, who, agency, roles, purpose, what, child, outcome, details, correlation_id, shown)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      id,
      look.at,
      look.who,
      look.agency,
      look.roles,
      look.purpose,
      look.what,
      look.child,
      look.outcome,
      JSON.stringify(look.details),
      look.correlationId,
      look.shown,
    ],
  });
}
