import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyDatabases, testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { migrate, migrationsOf } from './migrate.js';
import { openPool, transaction, type Database } from './pool.js';

describe('transaction', () => {
  let databases: TestDatabases;
  let pool: Database;
  beforeAll(async () => {
    databases = await testDatabases();
    pool = openPool(databases.hub, 'test');
  });
  afterAll(async () => {
    await pool.end();
    await databases.drop();
  });

  it('rolls back what its work throws from, and the connection goes on', async () => {
    const failed = transaction(pool, async (connection) => {
      await connection.query(`insert into children values (gen_random_uuid(), true, now())`);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const { rows } = await pool.query<{ count: bigint }>('select count(*) from children');
    expect(rows[0]?.count).toBe(0n);
  });

  it('reads an instant of any precision as JavaScript would, in whatever zone the session is', async () => {
    const text = `select array['2026-01-02 03:04:05Z', '2026-07-02 03:04:05.6Z', '1969-12-31 23:59:59.9999Z',
                               '2026-07-02 03:04:05.123456Z', '12026-01-02 03:04:05Z']::timestamptz[] as instants`;
    const told = async (zone: string): Promise<unknown> =>
      transaction(pool, async (connection) => {
        await connection.query(`set local time zone '${zone}'`);
        const { rows } = await connection.query<{ at: string }>(`select unnest(instants) as at from (${text}) as i`);
        return rows.map(({ at }) => at);
      });
    const instants = [
      '2026-01-02T03:04:05.000Z',
      '2026-07-02T03:04:05.600Z',
      '1969-12-31T23:59:59.999Z',
      '2026-07-02T03:04:05.123Z',
      '+012026-01-02T03:04:05.000Z',
    ];
    expect(await told('UTC')).toEqual(instants);
    expect(await told('Asia/Kathmandu')).toEqual(instants);
  });

  it('reads instants as RFC 3339 text', async () => {
    const { rows } = await pool.query(
      `select '2026-01-02 03:04:05.678+00'::timestamptz as at, 'infinity'::timestamptz as never`,
    );
    expect(rows[0]).toEqual({ at: '2026-01-02T03:04:05.678Z', never: 'infinity' });
  });
});

describe('migrate', () => {
  it('brings an empty database up to date for processes that start at the same moment, once', async () => {
    const databases = await emptyDatabases();
    const pool = openPool(databases.hub, 'test');
    try {
      await Promise.all([1, 2, 3].map(async () => migrate('hub', databases.hub)));
      const { rows } = await pool.query<{ name: string }>('select name from schema_migrations order by id');
      expect(rows.map(({ name }) => name)).toEqual(await migrationsOf('hub'));
    } finally {
      await pool.end();
      await databases.drop();
    }
  }, 60_000);
});

describe('a process that stands still', () => {
  it('in the middle of a transaction is rolled back by the server, and holds up nobody', async () => {
    const databases = await testDatabases();
    const [still, other] = [openPool(databases.hub, 'still', 1, 50), openPool(databases.hub, 'other', 1)];
    try {
      const update = `update log_head set position = position`;
      const stood = transaction(still, async (connection) => {
        await connection.query(update);
        // Answers once the other has had the row.
        await transaction(other, async (there) => there.query(update));
        await connection.query(update);
      });
      await expect(stood).rejects.toThrow();
      expect((await still.query('select 1')).rowCount).toBe(1);
    } finally {
      await still.end();
      await other.end();
      await databases.drop();
    }
  }, 60_000);
});
