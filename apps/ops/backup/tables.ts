import type { Connection } from '../../../libs/platform/database/pool.js';

/** A table that backups carry. */
export interface Table {
  readonly name: string;
  /** All that are stored; what PostgreSQL generates is left to it. */
  readonly columns: readonly string[];
  /** Copied before anything else: its comment says so. */
  readonly first: boolean;
  /** About how large it is, for progress. */
  readonly bytes: number;
}

/**
 * Every table of a database, from its catalogue, so that a new one is never forgotten. Left out: what is made anew (its
 * comment says so), the tables that projections build, and the list of migrations, which the manifest holds.
 */
export async function tablesOf(connection: Connection): Promise<Table[]> {
  const { rows } = await connection.query<{ name: string; first: boolean; columns: string[]; bytes: bigint }>(
    `select c.relname as name, pg_total_relation_size(c.oid) as bytes,
            coalesce(obj_description(c.oid, 'pg_class'), '') like 'taken first%' as first,
            array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attgenerated = ''
        and c.relname <> 'schema_migrations'
        and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'made anew%'
      group by c.oid, c.relname order by c.relname`,
  );
  const builds = await projectionTables(connection);
  return rows.filter(({ name }) => !builds.has(name)).map((row) => ({ ...row, bytes: Number(row.bytes) }));
}

/** The same names, each after those it refers to. */
export async function inLoadOrder(connection: Connection, names: readonly string[]): Promise<string[]> {
  const { rows } = await connection.query<{ from: string; to: string }>(
    `select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`,
  );
  const ordered: string[] = [];
  const place = (name: string, above: readonly string[]): void => {
    if (ordered.includes(name) || above.includes(name)) return;
    for (const { from, to } of rows) if (from === name) place(to, [...above, name]);
    if (names.includes(name)) ordered.push(name);
  };
  for (const name of names) place(name, []);
  return ordered;
}

/** Where the database's counters stand; those of read models are made with them. */
export async function sequencesOf(connection: Connection): Promise<Record<string, string>> {
  const { rows } = await connection.query<{ name: string; last: string }>(
    `select sequencename as name, last_value::text as last from pg_sequences
      where schemaname = 'public' and last_value is not null and sequencename not like 'schema\\_migrations%'`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

export async function migrationsIn(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>('select name from schema_migrations order by id');
  return rows.map(({ name }) => name);
}

async function projectionTables(connection: Connection): Promise<Set<string>> {
  const { rows: has } = await connection.query<{ has: boolean }>(
    `select to_regclass('projections') is not null as has`,
  );
  if (has[0]?.has !== true) return new Set();
  const { rows } = await connection.query<{ name: string }>(`select name || '_' || build as name from projections`);
  return new Set(rows.map(({ name }) => name));
}
