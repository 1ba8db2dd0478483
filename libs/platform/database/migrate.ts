import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

const folders = {
  hub: fileURLToPath(new URL('./migrations', import.meta.url)),
  keys: fileURLToPath(new URL('../keys/migrations', import.meta.url)),
};

/**
 * Brings a database up to this version's schema, or an empty one only as far as its first `count` migrations. Safe when
 * several processes start at once (advisory lock).
 */
export async function migrate(
  kind: keyof typeof folders,
  databaseUrl: string,
  count = Number.POSITIVE_INFINITY,
): Promise<void> {
  await runner({
    databaseUrl,
    dir: folders[kind],
    migrationsTable: 'schema_migrations',
    direction: 'up',
    // Whoever comes second finds it done. By default it would be refused.
    advisoryLockMode: 'wait',
    count,
    log: () => undefined,
  });
}

/** The migrations this version knows, in order, named as `schema_migrations` names them. */
export async function migrationsOf(kind: keyof typeof folders): Promise<string[]> {
  const files = await readdir(folders[kind]);
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
}
