import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projected } from '../../projected.js';
import type { Agency } from '../../kernel/agency.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import type { Kept, PartOutcome, ReceiptStatus } from '../../kernel/intake.js';
import { readConfig } from '../../platform/config.js';
import { openPool } from '../../platform/database/pool.js';
import { openPostgresEventLog } from '../../platform/event-log/postgres/event-log.js';
import { PostgresIntake } from '../../platform/intake/postgres/postgres-intake.js';
import { openKeyStore } from '../../platform/keys/key-store.js';
import type { Parts } from '../../platform/platform.module.js';
import { Projections } from '../../platform/projections/engine.js';
import { createLogger } from '../../platform/telemetry/logger.js';
import { createMetrics } from '../../platform/telemetry/metrics.js';
import { keptMessage, type Telling } from '../../simulations/telling.js';
import { testDatabases } from '../postgres/databases.js';

/** A whole hub without its doors, on real PostgreSQL: messages go in as a door keeps them, rows come out. */
export interface TestHub extends Parts {
  readonly urls: { readonly hub: string; readonly keys: string };
  readonly projections: Projections;
  /** Keeps messages as a door does. */
  keep(...tellings: readonly (Telling | Raw)[]): Promise<Kept[]>;
  status(receipt: string): Promise<{ status: ReceiptStatus; shown: ReceiptStatus; outcomes: PartOutcome[] }>;
  close(): Promise<void>;
}

/** A message no simulation makes: bytes as they are. */
export interface Raw {
  readonly system: Agency;
  readonly messageId: string;
  readonly format: string;
  readonly contentType: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const masterKey = Buffer.alloc(32, 7);

/** `clock`: what the hub takes for now when it receives or derives; leases go by the database's own. */
export async function openTestHub(clock: Clock = systemClock): Promise<TestHub> {
  const databases = await testDatabases();
  // What the hub leaves beside its databases: the ledger of erasures.
  const folder = await mkdtemp(join(tmpdir(), 'hub-parts-'));
  const config = readConfig({ LOG_LEVEL: 'silent', HUB_DATA: folder });
  const keys = await openKeyStore({ url: databases.keys, masterKey });
  const database = openPool(databases.hub, 'test hub', 12);
  const log = await openPostgresEventLog({ pool: database, wake: databases.hub });
  const intake = new PostgresIntake({ database, keys, clock, limit: config.HUB_INTAKE_LIMIT });
  const parts: Parts = {
    config,
    database,
    keys,
    log,
    intake,
    clock,
    logger: createLogger('silent'),
    metrics: createMetrics(),
  };
  const projections = new Projections(parts, projected);
  return {
    ...parts,
    urls: databases,
    projections,
    keep: async (...tellings) =>
      intake.keep(tellings.map((telling) => ('door' in telling ? fromTelling(telling) : fromRaw(telling)))),
    status: async (receipt) => {
      const { rows } = await database.query<{ status: ReceiptStatus; shown: ReceiptStatus; outcomes: PartOutcome[] }>(
        'select status, shown_status as shown, outcomes from receipts where id = $1',
        [receipt],
      );
      if (!rows[0]) throw new Error(`no receipt ${receipt}`);
      return rows[0];
    },
    close: async () => {
      await projections.close();
      await intake.stop();
      await log.close();
      await database.end();
      await keys.close();
      await databases.drop();
      await rm(folder, { recursive: true });
    },
  };
}

function fromTelling(telling: Telling) {
  const { receivedAt: _, ...message } = keptMessage(telling, '');
  const messageId =
    telling.door === 'events'
      ? telling.event.id
      : (telling.headers['hub-message-id'] ?? `sha256:${Buffer.from(telling.body).toString('base64url')}`);
  return { ...message, messageId, canonical: message.body, correlation: crypto.randomUUID() };
}

function fromRaw({ system, messageId, format, contentType, attributes = {}, body }: Raw) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const message = { system, agency: system, messageId, format, contentType, attributes, body: bytes };
  return { ...message, canonical: bytes, correlation: crypto.randomUUID() };
}
