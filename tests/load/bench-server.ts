import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../libs/platform/database/embedded.js';
import { migrate } from '../../libs/platform/database/migrate.js';
import { openPool } from '../../libs/platform/database/pool.js';
import type { BenchServer } from './measurement.js';

export interface OwnServer extends BenchServer {
  readonly version: string;
  stop(): Promise<void>;
}

/** The server `npm start` runs, with its settings, in a folder that goes with it. */
export async function startBenchServer(): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbedded(folder);
  let pairs = 0;
  const open: (() => Promise<void>)[] = [];
  return {
    version: await versionOf(await server.database('postgres')),
    databases: async () => {
      pairs += 1;
      const hub = await server.database(`hub_${pairs}`);
      const keys = await server.database(`keys_${pairs}`);
      await migrate('hub', hub);
      await migrate('keys', keys);
      return { hub, keys };
    },
    closeLater: (close) => open.push(close),
    stop: async () => {
      for (const close of open.reverse()) await close();
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function versionOf(url: string): Promise<string> {
  const pool = openPool(url, 'bench', 1);
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  await pool.end();
  return rows[0]?.server_version ?? '';
}
