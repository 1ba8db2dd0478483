import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lookOf } from '../../testing/audit/looks.js';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import type { Anchor, KeyStore } from '../../kernel/keys.js';
import { openPool, type Database } from '../database/pool.js';
import { openKeyStore } from '../keys/key-store.js';
import { anchorAudit, type AnchorKeys } from './anchored.js';
import { appendLooks } from './append.js';
import { AuditChain } from './chain.js';
import { LookNotRecorded } from './look.js';
import { verifyChain, type ChainVerified } from './verify-chain.js';

describe('the chain of the audit', () => {
  let databases: TestDatabases;
  let database: Database;
  let keys: KeyStore;
  let complaints: unknown[];
  beforeEach(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'test', 8);
    keys = await openKeyStore({ url: databases.keys, masterKey: Buffer.alloc(32, 7) });
    complaints = [];
  });
  afterEach(async () => {
    await keys.close();
    await database.end();
    await databases.drop();
  });

  const opened = async (): Promise<AuditChain> =>
    AuditChain.open({ database, keys, logger: { error: (...said: unknown[]) => void complaints.push(said) } });
  const verified = async (): Promise<ChainVerified> => verifyChain(database, keys, () => undefined);
  async function recorded(count: number): Promise<void> {
    const chain = await opened();
    for (let n = 0; n < count; n += 1) await chain.record(lookOf('casey.manager'));
    await chain.close();
  }

  it('holds over whatever a look may say', async () => {
    const chain = await opened();
    const text = fc.string({ unit: 'binary' }).filter((said) => !said.includes('\0'));
    const details = fc.dictionary(text, fc.jsonValue({ stringUnit: 'binary', noUnicodeString: false }));
    const looks = fc.record({ who: text, what: text, details, shown: fc.array(fc.uuid(), { maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(looks, { minLength: 1, maxLength: 20 }), async (several) => {
        await Promise.allSettled(several.map(async (look) => chain.record(lookOf('x', look))));
        expect((await verified()).broken).toBeUndefined();
      }),
      { numRuns: 25 },
    );
    await chain.close();
    expect((await verified()).looks).toBeGreaterThan(25);
  });

  it('holds over looks of two processes, 64 at once in each, and loses none', async () => {
    const run = promisify(execFile);
    const program = ['--import', './libs/testing/from-source.mjs', './libs/testing/audit/look-writer.ts'];
    const write = async (who: string) =>
      run(process.execPath, [...program, databases.hub, databases.keys, who, '1000', '2'], {
        env: { ...process.env, NODE_OPTIONS: '' },
      });
    await Promise.all([write('first'), write('second')]);
    expect(await verified()).toEqual({ looks: 2_000 });
    const { rows } = await database.query<{ turns: bigint }>(
      `select count(*) filter (where who <> before) as turns from (select who, lag(who) over (order by id) as before from audit) a`,
    );
    // Otherwise one wrote after the other, and nothing was shown.
    expect(Number(rows[0]?.turns)).toBeGreaterThan(2);
    expect(await anchorAudit(database, keys)).toBe('still');
  });

  it('holds when another writes after a process was alone for long, and when it is alone again', async () => {
    const [one, other] = [await opened(), await opened()];
    for (const chain of [one, one, one, one, other, one, one, one, other, other, one]) await chain.record(lookOf('x'));
    await Promise.all([one, other, one, other].map(async (chain) => chain.record(lookOf('y'))));
    expect(await verified()).toEqual({ looks: 15 });
    await one.close();
    await other.close();
  });

  it('records the others when one of a batch cannot be written', async () => {
    const chain = await opened();
    const looks = ['a', 'b\0', 'c'].map(async (who) => chain.record(lookOf(who)));
    const settled = await Promise.allSettled(looks);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(looks[1]).rejects.toThrow(LookNotRecorded);
    await chain.close();
    expect(await verified()).toEqual({ looks: 2 });
  });

  it('takes in the rows from before it, once: what is put in without a hash later is found', async () => {
    const insert = async (id: number) =>
      database.query(
        `insert into audit (id, at, who, agency, roles, purpose, what, outcome, details, correlation_id)
         values ($1, now(), 'earlier', 'yos', '{auditor}', 'audit', 'timeline.read', 'shown', '{"b": 1, "a": [1.50]}', $2)`,
        [id, randomUUID()],
      );
    for (const id of [2, 3, 7]) await insert(id);
    await database.query('update audit_head set id = 7');
    expect(await verified()).toEqual({ looks: 3 });
    await recorded(2);
    expect(await verified()).toEqual({ looks: 5 });
    await insert(100);
    await recorded(1);
    expect((await verified()).broken).toEqual({ code: 'audit-broken', row: 100n });
  });

  it('finds a cut end also after later looks have grown beyond it, and does not anchor them', async () => {
    await recorded(10);
    const anchor = await keys.anchor('audit');
    await database.query(
      `delete from audit where id > 8; update audit_head set id = 8, hash = (select hash from audit where id = 8)`,
    );
    await recorded(5);
    expect((await verified()).broken).toEqual({ code: 'audit-broken', row: 10n });
    expect(await keys.anchor('audit')).toEqual(anchor);
    expect(complaints).not.toEqual([]);
  });

  it('finds a chain made anew by somebody without the hub’s secret', async () => {
    await recorded(3);
    const other = { hash: () => Buffer.alloc(32, 1) };
    await database.query('delete from audit');
    await database.query(`update audit_head set id = 0, hash = ''`);
    await appendLooks(database, other, [lookOf('a'), lookOf('b'), lookOf('c')]);
    expect((await verified()).broken).toEqual({ code: 'audit-broken', row: 1n });
  });

  it('anchors up to its own head when another process was quicker with an older one', async () => {
    await recorded(3);
    await appendLooks(database, keys, [lookOf('a'), lookOf('b')]);
    const { rows } = await database.query<Anchor>('select id as position, hash from audit where id = 4');
    const quicker: AnchorKeys = {
      anchor: async (name) => keys.anchor(name),
      moveAnchor: async (name, from, to) => {
        if (to.position === 5n && from?.position === 3n) await keys.moveAnchor(name, from, rows[0]!);
        return keys.moveAnchor(name, from, to);
      },
    };
    expect(await anchorAudit(database, quicker)).toBe('moved');
    expect(await keys.anchor('audit')).toMatchObject({ position: 5n });
  });

  it('anchors what a killed process left, when the next one opens', async () => {
    const killed = await opened();
    await killed.record(lookOf('casey.manager'));
    expect(await keys.anchor('audit')).toMatchObject({ position: 0n });
    await opened();
    expect(await keys.anchor('audit')).toMatchObject({ position: 1n });
    await killed.close();
  });
});

/** Each damage is done in a transaction that is taken back. */
describe('the chain of the audit, tampered with', () => {
  let databases: TestDatabases;
  let database: Database;
  let keys: KeyStore;
  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'test', 2);
    keys = await openKeyStore({ url: databases.keys, masterKey: Buffer.alloc(32, 7) });
    const chain = await AuditChain.open({ database, keys, logger: { error: () => undefined } });
    for (let n = 0; n < 10; n += 1) await chain.record(lookOf('casey.manager'));
    await chain.close();
  });
  afterAll(async () => {
    await keys.close();
    await database.end();
    await databases.drop();
  });

  const rowsMove = (a: number, b: number): string =>
    `update audit set id = case id when ${a} then -1 else id end;
     update audit set id = ${a} where id = ${b}; update audit set id = ${b} where id = -1`;
  const copy = `at, who, agency, roles, purpose, what, child, outcome, details, correlation_id, shown, hash`;
  it.each<[string, string, ChainVerified['broken']]>([
    ['another name', `update audit set who = 'somebody' where id = 5`, { code: 'audit-broken', row: 5n }],
    [
      'another time, by a microsecond',
      `update audit set at = at + '1 us' where id = 5`,
      { code: 'audit-broken', row: 5n },
    ],
    [
      'other details',
      `update audit set details = details || '{"entries": 3}' where id = 5`,
      { code: 'audit-broken', row: 5n },
    ],
    ['an entry less shown', `update audit set shown = shown[1:1] where id = 5`, { code: 'audit-broken', row: 5n }],
    ['no child', `update audit set child = null where id = 5`, { code: 'audit-broken', row: 5n }],
    ['a removed hash', `update audit set hash = null where id = 5`, { code: 'audit-broken', row: 5n }],
    ['a removed row', `delete from audit where id = 5`, { code: 'audit-broken', row: 6n }],
    ['a removed first row', `delete from audit where id = 1`, { code: 'audit-broken', row: 2n }],
    ['two rows in the other order', rowsMove(4, 5), { code: 'audit-broken', row: 4n }],
    [
      'a row put in',
      `insert into audit select 11, ${copy} from audit where id = 3`,
      { code: 'audit-broken', row: 11n },
    ],
    [
      'a row put in before',
      `insert into audit select 0, ${copy} from audit where id = 3`,
      { code: 'audit-broken', row: 0n },
    ],
    ['the end cut off', `delete from audit where id > 8`, { code: 'audit-shortened', row: 10n }],
    [
      'the end cut off, and the head set back',
      `delete from audit where id > 8; update audit_head set id = 8, hash = (select hash from audit where id = 8)`,
      { code: 'audit-shortened', row: 10n },
    ],
    [
      'all of it gone',
      `delete from audit; update audit_head set id = 0, hash = ''`,
      { code: 'audit-shortened', row: 10n },
    ],
    ['a head set back', `update audit_head set id = 8`, { code: 'audit-head', row: 10n }],
    ['a head of something else', `update audit_head set hash = '\\x00'`, { code: 'audit-head', row: 10n }],
  ])('names %s', async (_what, damage, broken) => {
    const connection = await database.connect();
    try {
      await connection.query('begin');
      await connection.query(damage);
      const found = await verifyChain(connection, keys, () => undefined);
      expect(found.broken).toEqual(broken);
    } finally {
      await connection.query('rollback');
      connection.release();
    }
  });

  it('holds when nobody did anything', async () => {
    expect(await verifyChain(database, keys, () => undefined)).toEqual({ looks: 10 });
  });
});
