import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { migrate } from '../database/migrate.js';
import { openPool, transaction, type Database } from '../database/pool.js';
import { notOnlyStatedBy, replaceStatements, type StatementRow } from './statement-store.js';

const facts = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'] as const;

function statement(fact: string, said: Partial<StatementRow> = {}): StatementRow {
  const statedAt = '2026-03-01T10:00:00Z';
  return { fact, receipt: randomUUID(), stream: randomUUID(), statedAt, content: '00', retracted: false, ...said };
}

describe('what a transaction stated of facts that nobody else states', () => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await emptyDatabases();
    await migrate('hub', databases.hub);
    database = openPool(databases.hub, 'test', 2);
  });
  afterAll(async () => {
    await database.end();
    await databases.drop();
  });
  const state = async (statements: readonly StatementRow[], repeated: readonly string[] = []): Promise<string> =>
    transaction(database, (connection) => replaceStatements(connection, repeated, statements, []));

  it('bears its mark until another states it, says it again, takes it back, compares it or erases it', async () => {
    const [alone, more, again, back, compared, erased] = facts.map((fact) => statement(fact));
    if (!alone || !more || !again || !back || !compared || !erased) throw new Error('six facts');
    const mark = await state([alone, more, again, back, compared, erased]);
    expect(await notOnlyStatedBy(mark, facts, database)).toEqual(new Set());
    // Held by somebody, and not changed.
    await database.query('select 1 from statements for update');
    expect(await notOnlyStatedBy(mark, facts, database)).toEqual(new Set());

    await state([statement(more.fact)]);
    await state([again]);
    await state([], [back.receipt]);
    await database.query(`update statements set derived_from = 'snapshot' where fact = '\\xe5'`);
    await database.query(`delete from statements where fact = '\\xf6'`);
    expect(await notOnlyStatedBy(mark, facts, database)).toEqual(new Set(['b2', 'c3', 'd4', 'e5', 'f6']));
  });

  it('is not all there is of a fact that the same transaction states twice, and never anything of another', async () => {
    const mark = await state([statement('77'), statement('88'), statement('88')]);
    expect(await notOnlyStatedBy(mark, ['77', '88'], database)).toEqual(new Set(['88']));
    const other = await state([statement('99')]);
    expect(await notOnlyStatedBy(other, ['77', '99'], database)).toEqual(new Set(['77']));
  });
});
