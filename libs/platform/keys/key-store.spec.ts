import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { describeKeyStore } from '../../testing/keys/key-store.features.js';
import { openPool, type Database } from '../database/pool.js';
import { KeyStoreError } from './key-store-error.js';
import { openKeyStore } from './key-store.js';

describeKeyStore('PostgreSQL', async () => {
  const { keys: url, drop } = await testDatabases();
  const masterKey = randomBytes(32);
  const stores = await Promise.all([openKeyStore({ url, masterKey }), openKeyStore({ url, masterKey })] as const);
  return {
    stores,
    close: async () => {
      await Promise.all(stores.map(async (store) => store.close()));
      await drop();
    },
  };
});

describe('key store on PostgreSQL', () => {
  let databases: TestDatabases;
  let database: Database;
  const masterKey = randomBytes(32);
  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.keys, 'test', 2);
  });
  afterAll(async () => {
    await database.end();
    await databases.drop();
  });
  const opened = async (): ReturnType<typeof openKeyStore> => openKeyStore({ url: databases.keys, masterKey });

  it('keeps its secret from one opening to the next', async () => {
    const first = await opened();
    const hash = first.hash('fact', 'key');
    await first.close();
    const second = await opened();
    expect(second.hash('fact', 'key')).toEqual(hash);
    await second.close();
  });

  it('refuses another master key, and says what to do', async () => {
    const refused = openKeyStore({ url: databases.keys, masterKey: randomBytes(32) });
    await expect(refused).rejects.toThrow(KeyStoreError);
    await expect(refused).rejects.toThrow(/^HUB_MASTER_KEY is not the key this hub's store was wrapped with/);
  });

  it('refuses a store that lost its secret but not its keys', async () => {
    const store = await opened();
    await store.take(1);
    await store.close();
    await database.query('create table set_aside as select * from hub_secret; delete from hub_secret');
    await expect(opened()).rejects.toThrow(/keys but not the hub's secret/);
    await database.query('insert into hub_secret select * from set_aside; drop table set_aside');
  });

  it('keeps keys only wrapped, and at close none that nobody took', async () => {
    await database.query('delete from data_keys');
    const store = await opened();
    const taken = await store.take(3);
    await store.close();
    const { rows } = await database.query<{ id: string; wrapped: Buffer }>('select * from data_keys');
    expect(rows.map(({ id }) => id).sort()).toEqual(taken.map(({ id }) => id).sort());
    expect(rows.some(({ wrapped }) => taken.some(({ bytes }) => wrapped.includes(Buffer.from(bytes))))).toBe(false);
  });

  it('waits with the end of a destruction until no older transaction can see the keys', async () => {
    const store = await opened();
    const [key] = await store.take(1);
    const older = await database.connect();
    await older.query('begin');
    await older.query('select pg_current_xact_id()');
    let done = false;
    const destroyed = store.destroy([key!.id]).then(() => (done = true));
    // Deleted for everybody at once; only the file's copy waits.
    while ((await database.query('select from data_keys where id = $1', [key!.id])).rowCount !== 0);
    expect(done).toBe(false);
    await older.query('commit');
    older.release();
    await destroyed;
    await store.close();
  });

  it('answers again after its server cut every connection, and trusts nothing it remembered', async () => {
    const store = await opened();
    const [kept, gone] = await store.take(2);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await database.query('delete from data_keys where id = $1', [gone!.id]);
    // That the connections are gone is heard some time after it was so.
    const answer = async (): Promise<string[]> => {
      try {
        const found = [...(await store.find([kept!.id, gone!.id])).keys()];
        if (found.length < 2) return found;
      } catch (error) {
        expect(String(error)).toMatch(/terminat|ECONNRESET/);
      }
      await setImmediate();
      return answer();
    };
    expect(await answer()).toEqual([kept!.id]);
    await store.close();
  });
});
