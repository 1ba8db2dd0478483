import { randomUUID } from 'node:crypto';
import { ReadBoardHandler } from '../../apps/portal/boards/read-board.handler.js';
import { ReadBoard } from '../../apps/portal/boards/read-board.query.js';
import { Cursors } from '../../apps/portal/looks/cursors.js';
import type { Looker } from '../../apps/portal/looks/looker.js';
import { Looks } from '../../apps/portal/looks/looks.js';
import { ReadToday } from '../../apps/portal/today/read-today.query.js';
import { ReadTodayHandler } from '../../apps/portal/today/today.handler.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import { readConfig } from '../../libs/platform/config.js';
import { openPool } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { PostgresIntake } from '../../libs/platform/intake/postgres/postgres-intake.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { projected } from '../../libs/projected.js';
import { insert, masterKey, SCALE } from './grown-hub.js';
import { servedChild } from './many-late.js';
import { absolute, median, shared, type Benchmark, type BenchServer } from './measurement.js';

const CHILDREN = Math.round(4_000 * SCALE);
const LATE = Math.round(3_000 * SCALE);
const MISSING = Math.round(60 * SCALE);
const RUNS = 15;

interface Read {
  /** Milliseconds of processor time of this process, the median of a few. */
  readonly today: number;
  readonly board: number;
  close(): Promise<void>;
}

const manager: Looker = {
  viewer: { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] },
  purpose: 'supervision-of-staff',
  correlationId: randomUUID(),
};

const measured = shared(open);

async function open(server: BenchServer): Promise<Read> {
  const urls = await server.databases();
  const database = openPool(urls.hub, 'bench today', 20);
  const keys = await openKeyStore({ url: urls.keys, masterKey });
  const log = await openPostgresEventLog({ pool: database, wake: urls.hub });
  const config = readConfig({ LOG_LEVEL: 'silent' });
  const now = Date.now();
  const clock = { now: () => now };
  const intake = new PostgresIntake({ database, keys, clock, limit: config.HUB_INTAKE_LIMIT });
  const parts = {
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
  const { rules } = loadRulebook(undefined);
  await projections.prepare();
  const spare = await keys.take(CHILDREN * 2);
  const records = Array.from({ length: CHILDREN }, (_, serial) =>
    servedChild(
      {
        serial,
        worker: `worker.${serial % 40}`,
        missing: serial < LATE ? { backFor: 190 + (serial % 300) } : serial < LATE + MISSING ? 'now' : 'never',
      },
      now,
      () => spare.pop() ?? fail(),
    ),
  ).flat();
  await insert(database, records, true);
  await Promise.all(records.map(async ({ stream, events }) => log.append(stream, 'no-stream', events)));
  for (const { name } of projected) await projections.rebuild(name);
  await database.query('vacuum analyze');
  await drainReactions(parts, { capabilities, rules });
  for (const { name } of projected) await projections.rebuild(name);
  await database.query('vacuum analyze');
  const chain = await AuditChain.open(parts);
  const looks = new Looks(chain, clock, parts.metrics);
  const today = new ReadTodayHandler(database, keys, clock, config, looks);
  const board = new ReadBoardHandler(database, keys, clock, rules, looks, new Cursors(keys));
  return {
    today: await processorTime(async () => today.execute(new ReadToday(manager, 'Terry'))),
    board: await processorTime(async () => board.execute(new ReadBoard(manager, 'missing'))),
    close: async () => {
      await chain.close();
      await projections.close();
      await intake.stop();
      await log.close();
      await keys.close();
      await database.end();
    },
  };
}

async function processorTime(read: () => Promise<unknown>): Promise<number> {
  await read();
  const taken: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.cpuUsage();
    await read();
    const { user, system } = process.cpuUsage(before);
    taken.push((user + system) / 1_000);
  }
  return median(taken);
}

function fail(): never {
  throw new RangeError('no key left');
}

const WHAT = `for the manager of ${CHILDREN} children, ${LATE} of them back and late to be interviewed, ${MISSING} missing: processor time of the process that answers, without its template; median of ${RUNS}`;

export const today: readonly Benchmark[] = [
  {
    name: 'today.sheet',
    what: `Today ${WHAT}`,
    goal: { of: 'value', is: 'at most', goal: 150, beyond: 75 },
    run: async (server) => absolute('today.sheet', (await measured(server)).today, 'ms'),
  },
  {
    name: 'today.board',
    what: `the board of missing children ${WHAT}`,
    goal: { of: 'value', is: 'at most', goal: 150, beyond: 75 },
    run: async (server) => absolute('today.board', (await measured(server)).board, 'ms'),
  },
];
