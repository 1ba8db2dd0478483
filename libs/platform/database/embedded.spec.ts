import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded, type EmbeddedServer } from './embedded.js';
import { openPool } from './pool.js';

const settings = { fsync: 'off', shared_buffers: '16MB' };

describe('the embedded server', () => {
  let folder: string;
  let server: EmbeddedServer;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-embedded-'));
    await chmod(folder, 0o755);
    server = await startEmbedded(folder, settings);
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('starts again although a backend of the killed one hangs', async () => {
    const pool = openPool(await server.database('hub'), 'test');
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    // Stopped, it keeps hold of the shared memory just as one does that waits for a lock nobody will ever let go.
    process.kill(rows[0]?.pid ?? 0, 'SIGSTOP');
    process.kill(await server.pid(), 'SIGKILL');

    server = await startEmbedded(folder, settings);
    await pool.end();
    const again = openPool(await server.database('hub'), 'test');
    expect((await again.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await again.end();
  });
});
