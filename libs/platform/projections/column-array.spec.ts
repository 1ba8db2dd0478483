import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Value } from '../../kernel/projection.js';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { openPool, type Database } from '../database/pool.js';
import { columnArray } from './column-array.js';

describe('a column as one parameter', () => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'test', 2);
  });
  afterAll(async () => {
    await database.end();
    await databases.drop();
  });

  /** What PostgreSQL understands, as text. */
  async function understood(type: string, values: readonly Value[] | Buffer | string): Promise<(string | null)[]> {
    const { rows } = await database.query<{ value: string | null }>(
      `select value::text from unnest($1::${type}[]) with ordinality as v (value, n) order by n`,
      [values],
    );
    return rows.map(({ value }) => value);
  }

  const instants = fc
    .tuple(fc.date({ min: new Date('0100-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }), fc.nat(999))
    .map(([date, micros]) => date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`));

  it.each<[string, fc.Arbitrary<Value>]>([
    ['uuid', fc.uuid()],
    ['text', fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))],
    ['bigint', fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)],
    ['boolean', fc.boolean()],
    ['bytea', fc.uint8Array()],
    ['timestamptz', instants],
  ])('%s reads as it does in an array of pg’s own', async (type, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(arbitrary), { minLength: 1 }), async (values) => {
        const parameter = columnArray(type, values);
        expect(Array.isArray(parameter)).toBe(false);
        expect(await understood(type, parameter)).toEqual(await understood(type, values));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['uuid', 'not-a-uuid'],
    ['uuid', 'a,b'],
    ['timestamptz', '3 February 2026'],
    ['timestamptz', 'infinity'],
    ['bigint', 10n ** 30n],
    ['boolean', 'yes'],
    ['date', '2026-02-03'],
  ])('leaves a %s written otherwise (%s) to PostgreSQL', (type, value) => {
    expect(columnArray(type, [value])).toEqual([value]);
  });
});
