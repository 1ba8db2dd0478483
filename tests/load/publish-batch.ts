import { randomUUID } from 'node:crypto';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { compare, rate, type Benchmark } from './measurement.js';
import { eventText } from './publish-events.js';
import { startTarget } from './publish-load.js';

const CLIENTS = 8;
const BATCH = 100;
// As `pipeline` has it: what one writer that groups well can do.
const RAW = 1_000;
const SECONDS = 4;

/** Batches through the real doors, all of receive, against the same bytes put into a bare table as fast as it goes. */
export const publishBatch: Benchmark = {
  name: 'publish.batch',
  what: `batches of ${BATCH} structured events of ${eventText().length} bytes, ${CLIENTS} clients: authenticated, each judged, sealed, durable, acknowledged`,
  goal: { of: 'ratio', is: 'at least', goal: 0.4, beyond: 0.6 },
  run: async (server) => {
    const { hub, keys } = await server.databases();
    const pool = openPool(hub, 'bench raw', 1);
    await pool.query(
      'create table raw_messages (id uuid primary key, received_at timestamptz not null, body bytea not null)',
    );
    const gateway = await startTarget(CLIENTS, 'gateway', hub, keys);
    try {
      return await compare({
        name: 'publish.batch',
        unit: 'events/s',
        reference: `raw unnest inserts of the same bytes, ${RAW} at a time`,
        subject: async () =>
          rate(CLIENTS, SECONDS, async () => {
            await gateway.post('application/cloudevents-batch+json', `[${texts(BATCH).join(',')}]`);
            return BATCH;
          }),
        against: async () => rate(1, SECONDS, async () => insertRaw(pool)),
      });
    } finally {
      await gateway.stop();
      await pool.end();
    }
  },
};

const texts = (count: number): string[] => Array.from({ length: count }, () => eventText());

async function insertRaw(pool: Database): Promise<number> {
  const bodies = texts(RAW).map((text) => Buffer.from(text));
  await pool.query({
    name: 'raw',
    text: `insert into raw_messages select id, now(), body from unnest($1::uuid[], $2::bytea[]) as t (id, body)`,
    values: [bodies.map(() => randomUUID()), bodies],
  });
  return RAW;
}
