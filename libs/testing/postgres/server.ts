import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../platform/database/embedded.js';
import { migrate } from '../../platform/database/migrate.js';

/** One real PostgreSQL for a whole test run, with migrated templates that each test file copies. Returns how to end it. */
export async function startTestServer(): Promise<{ base: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-test-'));
  // Tests of durability start servers of their own; everything else need not wait for the disk.
  const server = await startEmbedded(folder, { fsync: 'off', synchronous_commit: 'off' });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const hub = await server.database('template_hub');
    await migrate('hub', hub);
    await migrate('keys', await server.database('template_keys'));
    return { base: hub.replace(/template_hub$/, ''), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
