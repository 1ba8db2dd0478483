import { randomUUID } from 'node:crypto';
import { decode, encode } from '../../libs/contracts/catalogue.js';
import { ResultRecordedSchema } from '../../libs/contracts/gen/hub/court/v1/court_pb.js';
import type { EventLog, NewEvent } from '../../libs/kernel/event-log.js';
import type { DataKey, KeyStore } from '../../libs/kernel/keys.js';
import { openPool } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { open, seal } from '../../libs/platform/keys/seal.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { timeline } from '../../libs/timeline/timeline.projection.js';
import { compare, type Benchmark } from './measurement.js';

const EVENTS = 100_000;
const STREAM_LENGTH = 10;
const BATCH = 2_000;

/** The timeline from the first event, against reading the same events and opening and parsing each, one after another. */
export const rebuild: Benchmark = {
  name: 'rebuild',
  what: `timeline of ${EVENTS.toLocaleString('en-GB')} court results in streams of ${STREAM_LENGTH}, from the first event to the swap`,
  goal: { of: 'ratio', is: 'at least', goal: 0.6, beyond: 1.5 },
  run: async (server) => {
    const urls = await server.databases();
    const database = openPool(urls.hub, 'bench rebuild', 10);
    const keys = await openKeyStore({ url: urls.keys, masterKey: Buffer.alloc(32, 7) });
    const log = await openPostgresEventLog({ pool: database });
    const logger = createLogger('silent');
    const projections = new Projections({ database, log, keys, logger, metrics: createMetrics() }, [timeline]);
    try {
      await fill(log, keys);
      return await compare({
        name: 'rebuild',
        unit: 'events/s',
        reference: 'reading, decrypting and parsing alone, one thread',
        subject: async () => perSecond(async () => projections.rebuild(timeline.name)),
        against: async () => perSecond(async () => readAndParse(log, keys)),
      });
    } finally {
      await projections.close();
      await log.close();
      await keys.close();
      await database.end();
    }
  },
};

async function perSecond(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (EVENTS * 1_000) / (performance.now() - began);
}

async function readAndParse(log: EventLog, keys: KeyStore): Promise<void> {
  let events = await log.readAll(null, BATCH);
  for (let last = events.at(-1); last; last = events.at(-1)) {
    const found = await keys.find([...new Set(events.map(({ meta }) => meta.key))]);
    for (const { id, type, data, meta } of events) {
      const key = found.get(meta.key);
      if (!key || !decode(type, open(key, data, id))) throw new Error('an event of this run does not open');
    }
    events = await log.readAll(last.position, BATCH);
  }
}

export async function fill(log: EventLog, keys: KeyStore): Promise<void> {
  const streams = (await keys.take(EVENTS / STREAM_LENGTH)).map((key) => ({ stream: randomUUID(), key }));
  for (let from = 0; from < streams.length; from += 500) {
    await Promise.all(
      streams.slice(from, from + 500).map(async ({ stream, key }) => {
        const events = Array.from({ length: STREAM_LENGTH }, () => result(key));
        return log.append(stream, 'no-stream', events);
      }),
    );
  }
}

function result(key: DataKey): NewEvent {
  const id = randomUUID();
  const data = encode(ResultRecordedSchema, {
    hearingId: randomUUID(),
    hearingDay: '2026-02-03',
    defendantId: randomUUID(),
    offenceId: randomUUID(),
    resultId: randomUUID(),
    resultCode: '1081',
    resultTitle: 'Detention and training order',
    offenceCode: 'TH68010',
    offenceTitle: 'Theft from a shop',
    plea: 'GUILTY',
    court: 'Fernhill Youth Court',
    jurisdiction: 'MAGISTRATES',
    hearingType: 'First hearing',
    terms: [{ label: 'Length', value: '4 months' }],
  });
  const at = '2026-02-03T15:00:00.000Z';
  return {
    id,
    type: 'hub.court.v1.ResultRecorded',
    meta: {
      system: 'court',
      agency: 'court',
      fact: randomUUID(),
      content: randomUUID(),
      occurredAt: at,
      precision: 'date',
      statedAt: at,
      receivedAt: at,
      category: 'court',
      handling: '',
      receipt: randomUUID(),
      correlation: randomUUID(),
      key: key.id,
    },
    data: seal(key, data, id),
  };
}
