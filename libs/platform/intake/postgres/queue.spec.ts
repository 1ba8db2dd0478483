import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { weightOf } from '../../../kernel/intake.js';
import { emptyDatabases, type TestDatabases } from '../../../testing/postgres/databases.js';
import { migrate, migrationsOf } from '../../database/migrate.js';
import { openPool, type Database } from '../../database/pool.js';

/** What a hub held before there was a queue. */
const before = [
  { status: 'received', attempts: 0, contentType: 'application/json', size: 500 },
  { status: 'received', attempts: 2, contentType: 'text/CSV; header=present', size: 500 },
  { status: 'recorded', attempts: 1, contentType: 'application/json', size: 700 },
  { status: 'held', attempts: 3, contentType: 'application/json', size: 700 },
] as const;

describe('the queue of a hub that had none', () => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await emptyDatabases();
    await migrate('hub', databases.hub, (await migrationsOf('hub')).indexOf('0037_queue'));
    database = openPool(databases.hub, 'test', 2);
    for (const [at, { status, attempts, contentType, size }] of before.entries()) {
      await database.query(
        `insert into receipts (id, system, agency, message_hash, content_hash, sha256, size, format, content_type, correlation,
                               key_id, received_at, status, shown_status, attempts)
         values ($1, 'police', 'police', $2, '', '', $3, '', $4, $5, $6, '2026-03-01T10:00:00Z', $7, $7, $8)`,
        [randomUUID(), Buffer.of(at), size, contentType, randomUUID(), randomUUID(), status, attempts],
      );
    }
    await migrate('hub', databases.hub);
  });
  afterAll(async () => {
    await database.end();
    await databases.drop();
  });
  const queued = async () =>
    (
      await database.query<{ seq: bigint; weight: bigint; attempts: number; lease_until: string | null }>(
        'select q.seq, q.weight, q.attempts, q.lease_until from queue q join receipts r on r.id = q.receipt and r.seq = q.seq order by q.seq',
      )
    ).rows.map((row) => ({ ...row, seq: Number(row.seq), weight: Number(row.weight) }));
  const weight = (at: 0 | 1 | 2 | 3): number =>
    weightOf({ contentType: before[at].contentType, body: new Uint8Array(before[at].size) });

  it('holds what waited, tried as often as it was, and weighed as the worker weighs it; what is put back comes after', async () => {
    const waited = [
      { seq: 1, weight: weight(0), attempts: 0, lease_until: null },
      { seq: 2, weight: weight(1), attempts: 2, lease_until: null },
    ];
    expect(await queued()).toEqual(waited);
    const { rows } = await database.query('select waits_as from receipts order by seq');
    expect(rows.map(({ waits_as: as }: { waits_as?: string | null }) => as)).toEqual([null, null, null, 'held']);

    for (let twice = 0; twice < 2; twice++) await database.query(`update receipts set status = 'received'`);
    expect(await queued()).toEqual([
      ...waited,
      { seq: 3, weight: weight(2), attempts: 1, lease_until: null },
      { seq: 4, weight: weight(3), attempts: 3, lease_until: null },
    ]);
  });
});
