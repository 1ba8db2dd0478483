import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { openPool, type Database } from '../database/pool.js';
import { KeyStoreError } from './key-store-error.js';
import { openKeyStore } from './key-store.js';
import { fingerprintOf } from './master-key.js';
import { keysUnder, rotate } from './rotation.js';
import { open, seal } from './seal.js';
import { wrappingWith } from './wrapping.js';

describe('rotating the master key', () => {
  let databases: TestDatabases;
  let database: Database;
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const masters = { current: next, previous: old };
  beforeEach(async () => {
    databases = await testDatabases();
    database = openPool(databases.keys, 'test', 1);
  });
  afterEach(async () => {
    await database.end();
    await databases.drop();
  });
  const opened = async (masterKey: Buffer, previousMasterKey?: Buffer) =>
    openKeyStore({ url: databases.keys, masterKey, ...(previousMasterKey ? { previousMasterKey } : {}) });

  it('leaves what was sealed and hashed as it was, and the old key opens nothing any more', async () => {
    const before = await opened(old);
    const keys = await before.take(4_500);
    const sealed = seal(keys[0]!, Buffer.from('text'), 'purpose');
    const hash = before.hash('fact', 'key');
    await before.close();

    const progress: number[] = [];
    expect(await rotate(databases.keys, masters, (done) => progress.push(done))).toEqual({ rewrapped: 4_500 });
    expect(progress.at(-1)).toBe(4_500);
    expect(await keysUnder(databases.keys, masters)).toEqual({
      current: fingerprintOf(next),
      keys: 4_500,
      others: {},
    });

    const after = await opened(next);
    expect(after.hash('fact', 'key')).toEqual(hash);
    const found = await after.find(keys.map(({ id }) => id));
    expect(keys.every(({ id, bytes }) => Buffer.from(bytes).equals(found.get(id)!.bytes))).toBe(true);
    expect(open(found.get(keys[0]!.id)!, sealed, 'purpose').toString()).toBe('text');
    await after.close();

    await expect(opened(old)).rejects.toThrow(
      new RegExp(`it was ${fingerprintOf(next)}; given: ${fingerprintOf(old)}`),
    );
    const { rows } = await database.query<{ id: string; wrapped: Buffer }>(
      `select id::text, wrapped from data_keys union all select 'hub-secret', wrapped from hub_secret`,
    );
    const oldKey = wrappingWith({ current: old });
    expect(rows.filter(({ id, wrapped }) => oldKey.open(wrapped, id) !== undefined)).toEqual([]);
  });

  it('is gone on with after it was broken off, while stores that know both keys make and find keys', async () => {
    const first = await opened(old);
    const early = await first.take(6_000);
    await first.close();

    const running = await opened(next, old);
    const broken = rotate(databases.keys, masters, () => {
      throw new Error('broken off');
    });
    await expect(broken).rejects.toThrow('broken off');
    const half = await keysUnder(databases.keys, masters);
    expect(half.others[fingerprintOf(old)]).toBeGreaterThan(0);
    expect(half.keys).toBeGreaterThan(0);

    let over = false;
    const load = (async () => {
      const made = [];
      while (!over) {
        const [key] = await running.take(1);
        made.push(key!);
        const some = [early[made.length % early.length]!.id, key!.id];
        expect((await running.find(some)).size).toBe(2);
      }
      return made;
    })();
    const { rewrapped } = await rotate(databases.keys, masters, () => undefined);
    over = true;
    const made = await load;
    expect(rewrapped).toBe(half.others[fingerprintOf(old)]);
    expect(made.length).toBeGreaterThan(0);
    await running.close();

    const after = await opened(next);
    expect((await after.find([...early, ...made].map(({ id }) => id))).size).toBe(early.length + made.length);
    await after.close();
  });

  it('is refused, and nothing changed, while a process runs that knows the old key only', async () => {
    const ignorant = await opened(old);
    const [key] = await ignorant.take(1);
    await expect(rotate(databases.keys, masters, () => undefined)).rejects.toThrow(
      /1 running processes.*HUB_MASTER_KEY_PREVIOUS/,
    );
    await ignorant.close();
    const still = await opened(old);
    expect((await still.find([key!.id])).size).toBe(1);
    await still.close();
    await rotate(databases.keys, masters, () => undefined);
  });

  it('says which key is wanted when the previous one is wrong, and changes nothing', async () => {
    await (await opened(old)).close();
    const wrong = rotate(databases.keys, { current: next, previous: randomBytes(32) }, () => undefined);
    await expect(wrong).rejects.toThrow(KeyStoreError);
    await (await opened(old)).close();
  });
});
