import { randomUUID } from 'node:crypto';
import { encode } from '../../libs/contracts/catalogue.js';
import { ConferenceDecidedSchema } from '../../libs/contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import type { DataKey } from '../../libs/kernel/keys.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { readConfig } from '../../libs/platform/config.js';
import { openPool } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { PostgresIntake } from '../../libs/platform/intake/postgres/postgres-intake.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { seal } from '../../libs/platform/keys/seal.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { capabilities } from '../../libs/capabilities.js';
import { projected } from '../../libs/projected.js';
import type { Reactions } from '../../apps/worker/react/react.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { hashOf, insert, masterKey } from './grown-hub.js';
import type { BenchServer } from './measurement.js';
import type { PopulatedRecord } from './population.js';

const CHUNK = 5_000;
/** Fifteen working days from here are over at midnight in London, for all others two weeks later. */
const SOON = '2026-06-01T10:00:00.000Z';
const LATER = '2026-06-15T10:00:00.000Z';

export const reactions: Reactions = { capabilities, rules: loadRulebook(undefined).rules };

/** A hub in which so many duties are open: of each child a conference that was decided on and not yet held. */
export interface OpenDuties {
  readonly parts: Parts;
  /** Sets the clock, RFC 3339. */
  readonly set: (at: string) => void;
  /** When the duties of the first of these children are over: all at once. */
  readonly over: string;
  readonly projections: Projections;
  /** Children derived in a second while all of it was derived for the first time. */
  readonly perSecond: number;
  close(): Promise<void>;
}

export async function openDuties(server: BenchServer, count: number, soon: number): Promise<OpenDuties> {
  const urls = await server.databases();
  const database = openPool(urls.hub, 'bench duties', 20);
  const keys = await openKeyStore({ url: urls.keys, masterKey });
  const log = await openPostgresEventLog({ pool: database, wake: urls.hub });
  const config = readConfig({ LOG_LEVEL: 'silent' });
  // After the last warning of those that are soon over, before any of the others.
  let now = Date.parse('2026-06-19T23:30:00.000Z');
  const clock = { now: () => now };
  const intake = new PostgresIntake({ database, keys, clock, limit: config.HUB_INTAKE_LIMIT });
  const [logger, metrics] = [createLogger('silent'), createMetrics()];
  const parts: Parts = { config, database, keys, log, intake, clock, logger, metrics };
  const projections = new Projections(parts, projected);
  await projections.prepare();
  for (let from = 0; from < count; from += CHUNK) {
    const some = Math.min(CHUNK, count - from);
    const spare = await keys.take(some);
    const records = spare.map((key, index) => conference(key, from + index < soon ? SOON : LATER));
    await insert(database, records, true);
    await Promise.all(records.map(async ({ stream, events }) => log.append(stream, 'no-stream', events)));
  }
  await projections.rebuild('timeline');
  await database.query('vacuum analyze');
  const began = performance.now();
  const derived = await drainReactions(parts, reactions);
  const perSecond = (derived * 1_000) / (performance.now() - began);
  for (const { name } of projected) await projections.rebuild(name);
  await database.query('vacuum analyze');
  await database.query('checkpoint');
  return {
    parts,
    set: (at) => (now = Date.parse(at)),
    over: '2026-06-22T23:00:00.000Z',
    projections,
    perSecond,
    close: async () => {
      await projections.close();
      await intake.stop();
      await log.close();
      await keys.close();
      await database.end();
    },
  };
}

/** A child of whom social care decided on a conference at `at`. */
export function conference(key: DataKey, at: string): PopulatedRecord {
  const [id, stream] = [randomUUID(), randomUUID()];
  const data = encode(ConferenceDecidedSchema, { conferenceReference: `CP-${stream.slice(0, 8)}` });
  const meta = {
    ...({ system: 'social-care', agency: 'social-care', fact: hashOf(id), content: hashOf(`content ${id}`) } as const),
    ...({ occurredAt: at, precision: 'instant', statedAt: at, receivedAt: at, category: 'social-care' } as const),
    ...{ handling: '', receipt: randomUUID(), correlation: randomUUID(), key: key.id },
  };
  return {
    ...{ stream, child: randomUUID(), agency: 'social-care', key, statedAt: at },
    sourceKey: seal(key, Buffer.from(stream), stream),
    person: seal(key, Buffer.from('{"statedAt":{}}'), stream),
    events: [{ id, type: ConferenceDecidedSchema.typeName, meta, data: seal(key, data, id) }],
  };
}
