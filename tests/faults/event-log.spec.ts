import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbedded, type EmbeddedServer } from '../../libs/platform/database/embedded.js';
import { migrate } from '../../libs/platform/database/migrate.js';
import { openPool } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { Journal, startWriter } from './writer-process.js';

const KILLS = Number(process.env['HUB_FAULT_KILLS'] ?? 5);
const MINUTES = 60_000;

describe('event log under kill -9', () => {
  let folder: string;
  let server: EmbeddedServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-faults-'));
    server = await startEmbedded(folder);
  }, MINUTES);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  }, MINUTES);

  it(
    `loses and doubles nothing when the writing process is killed ${KILLS} times`,
    async () => {
      const url = await server.database('killed_writer');
      await migrate('hub', url);
      const journal = new Journal();
      // A kill may meet a moment in which every append has been heard of: then one more, so that something is left to settle.
      for (let kill = 0; kill < KILLS || (journal.unheard.length === 0 && kill < 2 * KILLS); kill += 1) {
        const writer = await startWriter(url, journal);
        await writer.acknowledges(200 + Math.floor(Math.random() * 2_000));
        writer.process.kill('SIGKILL');
        await writer.ended();
      }
      await settle(url, journal);
      await expectExactlyOnce(url, journal);
    },
    KILLS * MINUTES,
  );

  it(
    `loses and doubles nothing when PostgreSQL is killed ${KILLS} times`,
    async () => {
      await migrate('hub', await server.database('killed_server'));
      const journal = new Journal();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const writer = await startWriter(await server.database('killed_server'), journal);
        await writer.acknowledges(200 + Math.floor(Math.random() * 2_000));
        await killServer(server);
        await writer.ended();
        server = await restart(folder);
      }
      const url = await server.database('killed_server');
      await settle(url, journal);
      await expectExactlyOnce(url, journal);
    },
    KILLS * MINUTES,
  );
});

/** One last writer sends again what nobody heard about, and more; then it goes too. */
async function settle(url: string, journal: Journal): Promise<void> {
  const pending = journal.unheard.length;
  expect(pending).toBeGreaterThan(0);
  const writer = await startWriter(url, journal);
  await writer.acknowledges(pending + 200);
  writer.process.kill('SIGKILL');
  await writer.ended();
}

async function expectExactlyOnce(url: string, journal: Journal): Promise<void> {
  const pool = openPool(url, 'verify');
  const log = await openPostgresEventLog({ pool });
  const events = await log.readAll(null, 10_000_000);
  await log.close();
  await pool.end();

  const places = new Map(events.map(({ id, position }) => [id, position]));
  expect(places.size).toBe(events.length);
  expect(events.map(({ position }) => position)).toEqual(events.map((_, n) => BigInt(n) + 1n));
  const lost = [...journal.acknowledged].filter(([first, position]) => {
    const { ids } = journal.tried.get(first)!;
    return ids.some((id, n) => places.get(id) !== position - BigInt(ids.length - 1 - n));
  });
  expect(lost).toEqual([]);
  expect(journal.acknowledged.size).toBeGreaterThan(200 * KILLS);
  const torn = journal.unheard.filter(({ ids }) => new Set(ids.map((id) => places.has(id))).size !== 1);
  expect(torn).toEqual([]);
  process.stdout.write(`${KILLS} kills: ${journal.acknowledged.size} appends acknowledged, 0 lost, 0 doubled\n`);
}

/** The whole of it: a postmaster alone would leave its backends to finish their flush. */
async function killServer(server: EmbeddedServer): Promise<void> {
  const pool = openPool(await server.database('postgres'), 'killer', 1);
  const { rows } = await pool.query<{ pid: number }>('select pid from pg_stat_activity where pid <> pg_backend_pid()');
  for (const pid of [await server.pid(), ...rows.map((row) => row.pid)]) process.kill(pid, 'SIGKILL');
  await pool.end().catch((error: unknown) => expect(String(error)).toMatch(/terminated|reset/));
}

/** A killed server's memory may be held a moment longer by what is still dying of it. */
async function restart(folder: string, patience = 40): Promise<EmbeddedServer> {
  try {
    return await startEmbedded(folder);
  } catch (error) {
    if (patience === 0) throw error;
    await delay(250);
    return restart(folder, patience - 1);
  }
}
