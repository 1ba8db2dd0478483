import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabases, type TestDatabases } from '../testing/postgres/databases.js';
import { readConfig } from './config.js';
import { openParts } from './open-parts.js';
import { createLogger } from './telemetry/logger.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

describe('opening the parts on a given server', () => {
  let databases: TestDatabases;
  let folder: string;
  beforeEach(async () => {
    databases = await testDatabases();
    folder = await mkdtemp(join(tmpdir(), 'hub-parts-'));
  });
  afterEach(async () => {
    await databases.drop();
    await rm(folder, { recursive: true });
  });
  const open = async (masterKey: string) =>
    openParts(
      readConfig({
        DATABASE_URL: databases.hub,
        KEYS_DATABASE_URL: databases.keys,
        HUB_DATA: folder,
        HUB_MASTER_KEY: masterKey,
      }),
      createLogger('silent'),
    );

  it('starts no server of its own', async () => {
    const parts = await open(key(1));
    expect(parts.urls).toEqual({ hub: databases.hub, keys: databases.keys });
    await parts.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('a wrong master key: says so, and leaves nothing open', async () => {
    await (await open(key(1))).close();
    await expect(open(key(2))).rejects.toThrow(/HUB_MASTER_KEY/);
    // `drop` in afterEach fails while a connection is left.
  });
});
