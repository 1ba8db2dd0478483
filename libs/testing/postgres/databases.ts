import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabases {
  /** Connection string of a fresh, migrated hub database. */
  readonly hub: string;
  /** And of its key store. */
  readonly keys: string;
  /** Drops both; fails the test file that still holds a connection. */
  drop(): Promise<void>;
}

/** A fresh pair of migrated databases on the run's server. Without the server this fails; it never skips. */
export async function testDatabases(): Promise<TestDatabases> {
  return pairOf({ hub: 'template template_hub', keys: 'template template_keys' });
}

/** The same with nothing in them, as a restore wants them. */
export async function emptyDatabases(): Promise<TestDatabases> {
  return pairOf({ hub: '', keys: '' });
}

async function pairOf(from: { hub: string; keys: string }): Promise<TestDatabases> {
  const base = process.env['HUB_TEST_POSTGRES'];
  if (base === undefined)
    throw new Error('the test run has no PostgreSQL: libs/testing/postgres/global-setup.mjs did not run');
  const suffix = randomBytes(6).toString('hex');
  const names = { hub: `hub_${suffix}`, keys: `keys_${suffix}` };
  await statement(base, `create database ${names.hub} ${from.hub}`);
  await statement(base, `create database ${names.keys} ${from.keys}`);
  return {
    hub: base + names.hub,
    keys: base + names.keys,
    drop: async () => {
      await statement(base, `drop database ${names.hub}`);
      await statement(base, `drop database ${names.keys}`);
    },
  };
}

async function statement(base: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${base}postgres` });
  await client.connect();
  try {
    // Only one copy of a template at a time: the lock makes parallel test files queue instead of failing.
    await client.query('select pg_advisory_lock(4711)');
    await client.query(sql);
  } finally {
    await client.end();
  }
}
