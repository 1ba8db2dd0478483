import { randomBytes, randomUUID } from 'node:crypto';
import type { EventLog, EventMeta, NewEvent } from '../../libs/kernel/event-log.js';
import type { DataKey } from '../../libs/kernel/keys.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { seal } from '../../libs/platform/keys/seal.js';
import { compare, rate, type Benchmark } from './measurement.js';

const CLIENTS = 64;
const CONNECTIONS = 16;
const SECONDS = 3;
const STREAM_LENGTH = 10;

/** Single-event appends, each sealed and awaited by its client, against the same rows inserted one by one. */
export const append: Benchmark = {
  name: 'append',
  what: `single-event appends of 400 sealed bytes (and 480 of metadata), exact revisions, streams of ${STREAM_LENGTH}, ${CLIENTS} clients`,
  goal: { of: 'ratio', is: 'at least', goal: 2.5, beyond: 4 },
  run: async (server) => {
    const { hub } = await server.databases();
    const pool = openPool(hub, 'bench append', CONNECTIONS);
    const log = await openPostgresEventLog({ pool, wake: hub });
    await pool.query(
      `create table single_rows (
         position bigint generated always as identity primary key, stream uuid not null, revision integer not null,
         id uuid not null, type text not null, meta json not null, data bytea not null,
         recorded_at timestamptz not null default clock_timestamp(), unique (stream, revision))`,
    );
    try {
      return await compare({
        name: 'append',
        unit: 'appends/s',
        reference: `single-row inserts on ${CONNECTIONS} connections`,
        subject: async () => {
          const writers = Array.from({ length: CLIENTS }, () => new Writer());
          return rate(CLIENTS, SECONDS, async (client) => {
            const { stream, revision, event } = writers[client]!.next();
            await log.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event]);
            return 1;
          });
        },
        against: async () => {
          const writers = Array.from({ length: CONNECTIONS }, () => new Writer());
          return rate(CONNECTIONS, SECONDS, async (client) => {
            await insertRow(pool, writers[client]!.next());
            return 1;
          });
        },
      });
    } finally {
      await log.close();
      await pool.end();
    }
  },
};

interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly event: NewEvent;
}

/** Clients append so many each, one after the other; resolves to microseconds per append. */
export async function appendTime(log: EventLog, each: number): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const writer = new Writer();
      for (let n = 0; n < each; n += 1) {
        const { stream, revision, event } = writer.next();
        await log.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event]);
      }
    }),
  );
  return ((performance.now() - began) * 1_000) / (CLIENTS * each);
}

/** One record's next event, sealed as the recorder seals it; a new record after a few. */
class Writer {
  #stream = randomUUID();
  #revision = -1;
  #key: DataKey = { id: randomUUID(), bytes: randomBytes(32) };
  readonly #plaintext = randomBytes(371);
  // Hashing facts is not part of an append, so it is not part of what is measured.
  readonly #hashes = { fact: randomBytes(32).toString('base64url'), content: randomBytes(32).toString('base64url') };

  next(): Row {
    this.#revision += 1;
    if (this.#revision === STREAM_LENGTH) {
      this.#stream = randomUUID();
      this.#revision = 0;
    }
    const id = randomUUID();
    const data = seal(this.#key, this.#plaintext, id);
    const event = { id, type: 'hub.court.v1.ResultRecorded', meta: metaOf(this.#key.id, this.#hashes), data };
    return { stream: this.#stream, revision: this.#revision, event };
  }
}

function metaOf(key: string, hashes: Pick<EventMeta, 'fact' | 'content'>): EventMeta {
  return {
    system: 'court',
    agency: 'court',
    ...hashes,
    occurredAt: '2026-01-02T00:00:00.000Z',
    precision: 'date',
    statedAt: '2026-01-02T09:30:00.000Z',
    receivedAt: '2026-01-02T09:30:01.000Z',
    category: 'court',
    handling: 'official-sensitive',
    receipt: randomUUID(),
    correlation: randomUUID(),
    key,
  };
}

async function insertRow(pool: Database, { stream, revision, event }: Row): Promise<void> {
  await pool.query({
    name: 'single row',
    text: 'insert into single_rows (stream, revision, id, type, meta, data) values ($1, $2, $3, $4, $5, $6)',
    values: [stream, revision, event.id, event.type, JSON.stringify(event.meta), event.data],
  });
}
