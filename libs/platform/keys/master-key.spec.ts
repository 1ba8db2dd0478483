import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { readConfig } from '../config.js';
import { openKeyStore } from './key-store.js';
import { masterKeysFrom } from './master-key.js';

describe('master key', () => {
  let databases: TestDatabases;
  let folder: string;
  beforeAll(async () => {
    databases = await testDatabases();
    folder = join(await mkdtemp(join(tmpdir(), 'hub-master-')), 'data');
  });
  afterAll(async () => {
    await rm(join(folder, '..'), { recursive: true });
    await databases.drop();
  });
  const key = async (environment: Record<string, string> = {}): Promise<Uint8Array> =>
    (await masterKeysFrom(readConfig({ HUB_DATA: folder, ...environment }), databases.keys)).current;

  it('is read from HUB_MASTER_KEY, in base64 or hex', async () => {
    const bytes = Buffer.alloc(32, 0xfb);
    expect(await key({ HUB_MASTER_KEY: bytes.toString('base64') })).toEqual(bytes);
    expect(await key({ HUB_MASTER_KEY: bytes.toString('base64url') })).toEqual(bytes);
    expect(await key({ HUB_MASTER_KEY: bytes.toString('hex') })).toEqual(bytes);
  });

  it('is made once outside production, for its owner only, also when two start at once', async () => {
    const [first, second] = await Promise.all([key(), key()]);
    expect(first).toHaveLength(32);
    expect(second).toEqual(first);
    expect(await key()).toEqual(first);
    expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
  });

  it('is never made anew for a store that already has keys', async () => {
    const store = await openKeyStore({ url: databases.keys, masterKey: await key() });
    await store.close();
    const kept = await readFile(join(folder, 'master.key'), 'utf8');
    await rm(join(folder, 'master.key'));
    await expect(key()).rejects.toThrow(/master\.key is missing.*put the file back, or set HUB_MASTER_KEY/);
    expect(await key({ HUB_MASTER_KEY: kept.trim() })).toHaveLength(32);
  });
});
