import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { instantArray, uuidArray } from './array-parameters.js';
import { openPool, type Database } from './pool.js';

describe('an array in binary', () => {
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

  const read = async (type: string, values: unknown): Promise<string | undefined> =>
    (await database.query<{ read: string }>(`select $1::${type}[]::text as read`, [values])).rows[0]?.read;
  const millis = fc
    .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString());
  // Beside those that are written in binary, some that are left to PostgreSQL.
  const instant = fc.oneof(
    { weight: 20, arbitrary: millis },
    fc.constantFrom('infinity', '2026-02-03T10:00:00+01:00', '1066-10-14T09:00:00Z', '2026-02-03T10:00:00.1234567Z'),
  );
  const uuid = fc.oneof(
    fc.uuid(),
    fc.uuid().map((text) => text.toUpperCase()),
  );

  it.each([
    ['uuid', uuidArray, uuid],
    ['timestamptz', instantArray, instant],
  ] as const)('of %s is read as an array of pg’s own is', async (type, array, element) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(element, { freq: 8 }), { maxLength: 50 }), async (elements) => {
        expect(await read(type, array(elements))).toBe(await read(type, elements));
      }),
      { numRuns: 60 },
    );
  });

  it('is in binary where all can be written so, and read all the same where one cannot', async () => {
    expect(uuidArray(['018f0000-0000-7000-8000-000000000001', null])).toHaveLength(20 + 20 + 4);
    expect(instantArray(['2026-02-03T10:00:00Z', null])).toHaveLength(20 + 12 + 4);
    expect(await read('timestamptz', instantArray(['infinity', null]))).toBe('{infinity,NULL}');
  });

  it('never becomes two elements of one', async () => {
    await expect(read('timestamptz', instantArray(['infinity,infinity']))).rejects.toMatchObject({ code: '22007' });
  });

  it.each([['not-a-uuid'], ['018f0000-0000-7000-8000-00000000000g'], ['018f00000000-7000-8000-000000000001--']])(
    'is refused with a UUID that is %s',
    async (text) => {
      await expect(read('uuid', uuidArray([text]))).rejects.toMatchObject({ code: '22P02' });
    },
  );
});
