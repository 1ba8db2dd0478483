import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Value } from '../../kernel/projection.js';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { openPool, type Database } from '../database/pool.js';
import type { Row } from './changes.js';
import { rowArray, type Columns } from './row-array.js';

describe('rows as one parameter', () => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'test', 2);
    await database.query(
      'create table every_type (a uuid, b text, c bytea, d timestamptz, e bigint, f boolean, primary key (a))',
    );
  });
  afterAll(async () => {
    await database.end();
    await databases.drop();
  });

  const columns: Columns = [
    ['a', 'uuid'],
    ['b', 'text'],
    ['c', 'bytea'],
    ['d', 'timestamptz'],
    ['e', 'bigint'],
    ['f', 'boolean'],
  ];
  const instant = fc
    .tuple(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }), fc.nat(999))
    .map(([date, micros]) => date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`));
  const row = fc.record<Row>({
    a: fc.uuid(),
    b: fc.option(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))),
    c: fc.option(fc.uint8Array({ maxLength: 4_000 })),
    d: fc.option(instant),
    e: fc.option(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
    f: fc.option(fc.boolean()),
  });

  it('are read as arrays of pg’s own are', async () => {
    const { rows: found } = await database.query<{ type: bigint }>(
      `select reltype::bigint as type from pg_class where relname = 'every_type'`,
    );
    const type = found[0]!.type;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 50 }), async (rows) => {
        const whole = rowArray(type, columns, rows);
        expect(whole).toBeInstanceOf(Buffer);
        const one = await database.query(`select r::text from unnest($1::every_type[]) r`, [whole]);
        const other = await database.query(
          `select row(r.*)::every_type::text as r from unnest(${columns.map(([, name], at) => `$${at + 1}::${name}[]`).join(', ')}) r`,
          columns.map(([name]) => rows.map((of) => of[name] ?? null)),
        );
        expect(one.rows).toEqual(other.rows);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, Value]>([
    ['uuid', 'not-a-uuid'],
    ['uuid', '018f00000000-7000-8000-000000000001--'],
    ['timestamptz', '2026-02-30T00:00:00Z'],
    ['timestamptz', '2026-02-03T24:00:00Z'],
    ['timestamptz', '2026-02-03T10:00:00+01:00'],
    ['timestamptz', '2026-02-03T10:00:00.1234567Z'],
    ['timestamptz', 'infinity'],
    ['timestamptz', '1066-10-14T09:00:00Z'],
    ['bigint', 2n ** 63n],
    ['boolean', 'true'],
    ['date', '2026-02-03'],
  ])('leave a %s that is %s to PostgreSQL', (type, value) => {
    expect(rowArray(1n, [['a', type]], [{ a: value }])).toBeUndefined();
  });
});
