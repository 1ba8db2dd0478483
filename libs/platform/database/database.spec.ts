import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
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
