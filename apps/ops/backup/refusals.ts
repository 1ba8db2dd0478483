import { openPool } from '../../../libs/platform/database/pool.js';
import { migrationsOf } from '../../../libs/platform/database/migrate.js';
import { isRestoring } from '../../../libs/platform/database/restoring.js';
import { checkFile } from './copy-file.js';
import { BackupRefused, halves, type Half, type Manifest } from './manifest.js';

/** Both halves of one backup. */
export type Manifests = Readonly<Record<Half, Manifest>>;

export const bytesOf = (manifests: Manifests): number =>
  halves.flatMap((half) => manifests[half].tables).reduce((sum, { bytes }) => sum + bytes, 0);

/** Throws `BackupRefused` when this version cannot make the schema that a half has. */
export async function refuseOtherSchemas(manifests: Manifests): Promise<void> {
  for (const half of halves) {
    const known = await migrationsOf(half === 'data' ? 'hub' : 'keys');
    const newer = manifests[half].migrations.filter((name) => !known.includes(name));
    if (newer.length > 0) {
      throw new BackupRefused(
        `the ${half} have schema ${newer.join(', ')}, which this version of the hub does not know (it knows up to ` +
          `${known.at(-1) ?? 'nothing'}): restore with the version that made the backup, or a newer one. Nothing was touched.`,
      );
    }
    const expected = known.slice(0, manifests[half].migrations.length);
    if (expected.some((name, at) => manifests[half].migrations[at] !== name)) {
      throw new BackupRefused(
        `the ${half} were made by a version whose schema this one cannot make. Nothing was touched.`,
      );
    }
  }
}

/** Throws `BackupRefused`, naming the file, when one is not what was written. `folders`: where each half lies. */
export async function checkFiles(
  folders: Readonly<Record<Half, string>>,
  manifests: Manifests,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const total = bytesOf(manifests);
  let done = 0;
  for (const half of halves) {
    for (const table of manifests[half].tables) {
      await checkFile(folders[half], table, (count) => onProgress((done += count), total));
    }
  }
}

/** Only an empty database, or one that a broken-off restore left, is restored into. */
export async function refuseInUse(url: string): Promise<void> {
  if (await isRestoring(url)) return;
  const database = openPool(url, 'hub restore', 1);
  try {
    const { rows } = await database.query<{ tables: bigint; name: string }>(
      `select count(*) as tables, current_database() as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')`,
    );
    const { tables, name } = rows[0] ?? { tables: 0n, name: '' };
    if (tables === 0n) return;
    throw new BackupRefused(
      `the database ${name} is not empty (${tables} tables): a restore never writes over a hub. ` +
        'Give it a new HUB_DATA folder, or new databases. Nothing was touched.',
    );
  } finally {
    await database.end();
  }
}
