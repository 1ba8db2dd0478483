import { openPool, transaction, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import type { Config } from '../../../libs/platform/config.js';
import { migrate, migrationsOf } from '../../../libs/platform/database/migrate.js';
import { isRestoring, markRestoring, unmarkRestoring } from '../../../libs/platform/database/restoring.js';
import { masterKeysAtHand } from '../../../libs/platform/keys/master-key.js';
import { openDatabases, openParts, type OpenedParts } from '../../../libs/platform/open-parts.js';
import { Projections } from '../../../libs/platform/projections/engine.js';
import { createLogger } from '../../../libs/platform/telemetry/logger.js';
import { projected } from '../../../libs/timeline/projected.js';
import { eraseAgain } from '../erase/erase-again.js';
import { finishErasures } from '../erase/erase.js';
import { LedgerBroken, readLedger } from '../erase/ledger.js';
import { verify, type Verified } from '../verify/verify.js';
import { checkFile, copyIn, quoted } from './copy-file.js';
import { BackupRefused, halves, readManifest, type Half, type Manifest } from './manifest.js';
import { inLoadOrder } from './tables.js';

export interface RestoreRequest {
  readonly data: string;
  readonly keys: string;
  /** Ledgers of erasures, of every machine that erased; undefined: there was no erasure since, and somebody says so. */
  readonly ledgers: readonly string[] | undefined;
}

export interface Restored {
  readonly backup: string;
  readonly takenAt: string;
  readonly position: string;
  readonly rows: number;
  /** Erasures of the ledger that the backup did not know, and those it knew half-done. */
  readonly erasedAgain: number;
  readonly verified: Verified;
  readonly seconds: number;
}

export type RestoreStep = 'check' | 'load' | 'rebuild' | 'verify';
type Progress = (step: RestoreStep, done: number, total: number) => void;

/**
 * Restores both halves into empty databases, erases again what the ledger names, rebuilds what pages read and verifies
 * the whole. All or nothing: until it is done no hub starts there, and run again it begins anew. What cannot be right (wrong
 * master key, damaged file, newer schema, databases in use) is said before anything is touched.
 */
export async function restore(request: RestoreRequest, config: Config, onProgress: Progress): Promise<Restored> {
  const begun = performance.now();
  const masters = await masterKeysAtHand(config);
  if (!masters) {
    throw new BackupRefused(
      'the master key is in no backup: set HUB_MASTER_KEY, or put the file master.key under HUB_DATA. Nothing was touched.',
    );
  }
  const manifests = {
    data: await readManifest(request.data, 'data', masters),
    keys: await readManifest(request.keys, 'keys', masters),
  };
  if (manifests.data.backup !== manifests.keys.backup) {
    throw new BackupRefused(
      `the data are of backup ${manifests.data.backup}, the keys of ${manifests.keys.backup}: they belong to different ones`,
    );
  }
  await refuseOtherSchemas(manifests);
  await checkFiles(request, manifests, (done, total) => onProgress('check', done, total));

  await loadBoth(request, manifests, config, (done, total) => onProgress('load', done, total));
  const parts = await openParts(config, createLogger('error'), { restoring: true });
  try {
    const erasedAgain = await eraseWhatWasErased(request, parts);
    await rebuild(parts, (done, total) => onProgress('rebuild', done, total));
    const verified = await verify(parts, (done, total) => onProgress('verify', done, total));
    if (verified.problems.length > 0) throw notWhole(verified);
    // Last, and the hub's own database last of all: it is what a starting hub asks.
    await unmarkRestoring(parts.urls.keys);
    await unmarkRestoring(parts.urls.hub);
    const { backup, takenAt, position, tables } = manifests.data;
    const rows = [...tables, ...manifests.keys.tables].reduce((sum, table) => sum + table.rows, 0);
    return { backup, takenAt, position, rows, erasedAgain, verified, seconds: secondsSince(begun) };
  } finally {
    await parts.close();
  }
}

async function loadBoth(
  request: RestoreRequest,
  manifests: Readonly<Record<Half, Manifest>>,
  config: Config,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const databases = await openDatabases(config);
  try {
    const { hub, keys } = databases.urls;
    for (const url of [hub, keys]) await refuseInUse(url);
    for (const url of [hub, keys]) await beginAnew(url);
    const total = bytesOf(manifests);
    let loaded = 0;
    const onBytes = (count: number): void => onProgress((loaded += count), total);
    await load('keys', keys, request.keys, manifests.keys, onBytes);
    await load('hub', hub, request.data, manifests.data, onBytes);
  } finally {
    await databases.close();
  }
}

const secondsSince = (begun: number): number => Math.round((performance.now() - begun) / 100) / 10;

const bytesOf = (manifests: Readonly<Record<Half, Manifest>>): number =>
  halves.flatMap((half) => manifests[half].tables).reduce((sum, { bytes }) => sum + bytes, 0);

async function refuseOtherSchemas(manifests: Readonly<Record<Half, Manifest>>): Promise<void> {
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

async function checkFiles(
  request: RestoreRequest,
  manifests: Readonly<Record<Half, Manifest>>,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const total = bytesOf(manifests);
  let done = 0;
  for (const half of halves) {
    for (const table of manifests[half].tables) {
      await checkFile(request[half], table, (count) => onProgress((done += count), total));
    }
  }
}

/** Only an empty database, or one that a broken-off restore left, is restored into. */
async function refuseInUse(url: string): Promise<void> {
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

async function beginAnew(url: string): Promise<void> {
  await markRestoring(url);
  const database = openPool(url, 'hub restore', 1);
  try {
    await database.query('drop schema public cascade; create schema public');
  } finally {
    await database.end();
  }
}

async function load(
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

async function eraseWhatWasErased({ ledgers }: RestoreRequest, parts: OpenedParts): Promise<number> {
  if (ledgers === undefined) return finishErasures(parts);
  const entries = (await Promise.all(ledgers.map(async (file) => readLedger(file, parts.keys)))).flat();
  await refuseOlderLedger(parts.database, new Set(entries.map(({ erasure }) => erasure)));
  let again = 0;
  for (const entry of entries) if (await eraseAgain(entry, parts)) again += 1;
  return again + (await finishErasures(parts));
}

async function refuseOlderLedger(database: Database, known: ReadonlySet<string>): Promise<void> {
  const { rows } = await database.query<{ id: string; at: string }>(
    'select id, at from erasures where done_at is not null order by at',
  );
  const missing = rows.find(({ id }) => !known.has(id));
  if (missing) {
    throw new LedgerBroken(
      `the ledger does not hold erasure ${missing.id} of ${missing.at}, which the backup holds: it is older than the backup, ` +
        'or one of several. Give every ledger (--ledger for each), then run this again.',
    );
  }
}

async function rebuild(parts: OpenedParts, onProgress: (done: number, total: number) => void): Promise<void> {
  const projections = new Projections(parts, projected);
  const total = Number((await parts.log.head()) ?? 0n) * projected.length;
  try {
    for (const [at, { name }] of projected.entries()) {
      const before = (total / projected.length) * at;
      await projections.rebuild(name, { onProgress: ({ events }) => onProgress(before + events, total) });
    }
  } finally {
    await projections.close();
  }
}

function notWhole({ problems }: Verified): BackupRefused {
  const some = problems.slice(0, 5).map(({ code, where }) => `${code} (${where})`);
  return new BackupRefused(
    `what was restored does not hold: ${problems.length} problems, ${some.join(', ')}. It stays locked; use another backup.`,
  );
}
