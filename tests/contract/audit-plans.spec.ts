import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readLooks } from '../../apps/portal/audit/audit-rows.js';
import { countUnattributed, readReached } from '../../apps/portal/review/shown-rows.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { testDatabases, type TestDatabases } from '../../libs/testing/postgres/databases.js';

const LOOKS = 20_000;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** How PostgreSQL means to read, never how long it takes: a plan is the same on any machine. */
describe('what is asked of the audit about one child', () => {
  let databases: TestDatabases;
  let database: Database;
  let child: string;
  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'audit plans', 2);
    // Half of them looks at one child, half at a list with forty; a few thousand children.
    await database.query(
      `insert into audit (id, at, who, agency, roles, purpose, what, child, outcome, details, correlation_id, shown)
       select n, now() - n * interval '1 minute', 'reader.' || n % 50, 'yos', '{team-manager}', 'supervision-of-staff',
              case when n % 2 = 0 then 'timeline.read' else 'board.missing' end,
              case when n % 2 = 0 then md5((n % 4001)::text)::uuid end, 'shown',
              case when n % 2 = 0 then '{"entries": 1}'::jsonb
                   else jsonb_build_object('children', (select jsonb_agg(md5(((n * 7 + c) % 4001)::text)::uuid) from generate_series(1, 40) c)) end,
              gen_random_uuid(), array[gen_random_uuid()]
       from generate_series(1, $1::integer) n`,
      [LOOKS],
    );
    await database.query('vacuum analyze audit');
    const { rows } = await database.query<{ child: string }>('select child from audit where child is not null limit 1');
    child = rows[0]!.child;
  }, 60_000);
  afterAll(async () => {
    await database.end();
    await databases.drop();
  });

  /** The nodes by which the audit is read, of everything that `read` asks. */
  async function readBy(read: () => Promise<unknown>): Promise<string[]> {
    const query = jest.spyOn(database, 'query');
    await read();
    const asked = query.mock.calls.map(([one, values]): { text: string; values: unknown[] } =>
      typeof one === 'string' ? { text: one, values: Array.isArray(values) ? values : [] } : configOf(one),
    );
    query.mockRestore();
    const plans = await Promise.all(
      asked.map(async ({ text, values }) => {
        const { rows } = await database.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
          `explain (format json) ${text}`,
          values,
        );
        return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)));
      }),
    );
    return plans
      .flat()
      .filter((node) => node['Relation Name'] === 'audit' || node['Index Name'] !== undefined)
      .map((node) => node['Index Name'] ?? node['Node Type']);
  }

  it('is read by the indexes of both ways in which somebody sees a child, never from its beginning', async () => {
    const nodes = await readBy(async () => readLooks(database, { filter: { child }, limit: 101 }));
    expect(nodes).toContain('audit_children');
    expect(nodes).toContain('audit_child_at');
    expect(nodes).not.toContain('Seq Scan');
  });

  it('is read so for a learning review too, that asks of all children a record was ever linked to', async () => {
    const { rows } = await database.query<{ entry: string }>('select shown[1] as entry from audit where child = $1', [
      child,
    ]);
    const ids = rows.map(({ entry }) => entry);
    const nodes = await readBy(async () => readReached(database, child, ids, new Date().toISOString()));
    expect(nodes).toContain('audit_children');
    expect(nodes).toContain('audit_child_at');
    expect(nodes).not.toContain('Seq Scan');
    const unattributed = await readBy(async () => countUnattributed(database, child, new Date().toISOString()));
    expect(unattributed).toContain('audit_child_at');
    expect(unattributed).not.toContain('Seq Scan');
  });
});

function configOf(one: unknown): { text: string; values: unknown[] } {
  if (typeof one !== 'object' || one === null || !('text' in one) || typeof one.text !== 'string')
    throw new Error('not a query that can be explained');
  return { text: one.text, values: 'values' in one && Array.isArray(one.values) ? one.values : [] };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
