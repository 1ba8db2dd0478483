import { migrate } from '../../../libs/platform/database/migrate.js';
import { openPool, transaction, type Connection } from '../../../libs/platform/database/pool.js';
import { markRestoring } from '../../../libs/platform/database/restoring.js';
import { copyIn, quoted } from './copy-file.js';
import type { Manifest } from './manifest.js';
import { inLoadOrder } from './tables.js';

/** Marks a database as being restored, and empties it of what a broken-off restore left. */
export async function beginAnew(url: string): Promise<void> {
  await markRestoring(url);
  const database = openPool(url, 'hub restore', 1);
  try {
    await database.query('drop schema public cascade; create schema public');
  } finally {
    await database.end();
  }
}

/** Loads one half in one transaction, into the schema it was backed up with, and then brings that up to this version's. */
export async function load(
  kind: 'hub' | 'keys',
  url: string,
  folder: string,
  manifest: Manifest,
  onBytes: (count: number) => void,
): Promise<void> {
  // As it was when the backup was taken; what this version has more of comes after the rows, as for any older hub.
  await migrate(kind, url, manifest.migrations.length);
  const database = openPool(url, 'hub restore', 1);
  try {
    await transaction(database, async (connection) => loadTables(connection, folder, manifest, onBytes));
    await database.query('analyze');
  } finally {
    await database.end();
  }
  await migrate(kind, url);
}

async function loadTables(
  connection: Connection,
  folder: string,
  manifest: Manifest,
  onBytes: (count: number) => void,
): Promise<void> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  const names = [...tables.keys()];
  // A migration may have put rows in; the backup has those, as they became.
  await connection.query(`truncate ${names.map(quoted).join(', ')} cascade`);
  for (const name of await inLoadOrder(connection, names)) {
    const table = tables.get(name);
    if (!table) continue;
    // What a trigger would compute is in the rows already.
    await connection.query(`alter table ${quoted(name)} disable trigger user`);
    await copyIn(connection, table, folder, onBytes);
    await connection.query(`alter table ${quoted(name)} enable trigger user`);
  }
  for (const [name, last] of Object.entries(manifest.sequences)) {
    await connection.query('select setval(to_regclass($1), $2)', [quoted(name), last]);
  }
}
