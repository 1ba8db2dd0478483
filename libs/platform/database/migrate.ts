import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

const folders = {
  hub: fileURLToPath(new URL('./migrations', import.meta.url)),
  keys: fileURLToPath(new URL('../keys/migrations', import.meta.url)),
};

/** Brings a database up to this version's schema. Safe when several processes start at once (advisory lock). */
export async function migrate(kind: keyof typeof folders, databaseUrl: string): Promise<void> {
  await runner({
    databaseUrl,
    dir: folders[kind],
    migrationsTable: 'schema_migrations',
    direction: 'up',
    count: Number.POSITIVE_INFINITY,
    log: () => undefined,
  });
}
