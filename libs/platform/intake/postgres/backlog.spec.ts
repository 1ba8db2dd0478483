import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { testDatabases, type TestDatabases } from '../../../testing/postgres/databases.js';
import { openPool } from '../../database/pool.js';
import { Backlog } from './backlog.js';

describe('the backlog, while the database is away', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await testDatabases();
  });
  afterAll(async () => databases.drop());

  it('goes on with its last estimate, and ends nothing', async () => {
    const pool = openPool(databases.hub, 'test');
    let now = 0;
    const backlog = new Backlog(pool, 10, { now: () => now });
    expect(await backlog.full()).toBe(false);
    backlog.add(10);
    await pool.end();
    now += 2_000;
    expect(backlog.full()).toBe(true);
    // A rejection that nobody hears fails the test, as it would end the process; `settled` would hear it.
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    expect(backlog.full()).toBe(true);
  });

  it('tells the first who asks', async () => {
    const pool = openPool(databases.hub, 'test');
    await pool.end();
    await expect(new Backlog(pool, 10, { now: () => 0 }).full()).rejects.toThrow();
  });
});
