import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { hasCode } from '../../../libs/kernel/error-code.js';
import { openPool, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import { fingerprintOf, masterKeysFrom, type MasterKeys } from '../../../libs/platform/keys/master-key.js';
import type { OpenedParts } from '../../../libs/platform/open-parts.js';
import { copyOut, quoted } from './copy-file.js';
import { BackupRefused, writeManifest, type CopiedTable, type Half, type Manifest } from './manifest.js';
import { migrationsIn, sequencesOf, tablesOf, type Table } from './tables.js';

export interface Folders {
  readonly data: string;
  readonly keys: string;
  /** Both may lie in one place: said on purpose, because whoever has that place can read everything with the master key. */
  readonly together?: boolean;
}

export interface BackedUp {
  readonly backup: string;
  readonly takenAt: string;
  readonly position: string;
  readonly tables: Readonly<Record<Half, Readonly<Record<string, number>>>>;
  readonly bytes: number;
}

type Progress = (bytes: number, total: number) => void;

/**
 * Takes a backup while the hub runs: the data as of one moment, then the keys as of a moment after it (but first how far
 * chains in the data had come, which must not be ahead of them). So every key the
 * data need is there, because a key is committed before anything it seals; a key that is missing was destroyed in
 * between, and the erasure ledger says so. The two halves are useless without each other, and both without the master key,
 * which is in neither. A folder gets its name only when it is whole.
 */
export async function takeBackup(parts: OpenedParts, folders: Folders, onProgress: Progress): Promise<BackedUp> {
  await refuseFolders(folders);
  const { urls, config } = parts;
  const masters = await masterKeysFrom(config, urls.keys);
  const [hub, keys] = [openPool(urls.hub, 'hub backup', 1), openPool(urls.keys, 'hub backup', 1)];
  try {
    const plans = { data: await plan(hub), keys: await plan(keys) };
    const total = [...plans.data, ...plans.keys].reduce((sum, { bytes }) => sum + bytes, 0);
    let written = 0;
    const onBytes = (count: number): void => onProgress((written += count), Math.max(total, written));

    const [first, after] = [plans.keys.filter((table) => table.first), plans.keys.filter((table) => !table.first)];
    const keyFolder = `${resolve(folders.keys)}.partial`;
    const anchors = await inSnapshot(keys, first, async (connection) =>
      copyHalf(connection, first, keyFolder, onBytes),
    );
    const about = await inSnapshot(hub, plans.data, async (connection) => {
      const moment = await momentOf(connection);
      const half = await copyHalf(connection, plans.data, `${resolve(folders.data)}.partial`, onBytes);
      return { ...moment, half };
    });
    const keyHalf = await inSnapshot(keys, after, async (connection) => {
      const { tables, ...rest } = await copyHalf(connection, after, keyFolder, onBytes);
      return { ...rest, tables: [...anchors.tables, ...tables], masterKeys: await masterKeysIn(connection, masters) };
    });

    const { half, ...moment } = about;
    const common = { product: 'youth-justice-hub', format: 1, backup: randomUUID(), ...moment } as const;
    const { masterKeys } = keyHalf;
    await finish(folders.keys, { ...common, half: 'keys', ...keyHalf }, masters);
    await finish(folders.data, { ...common, half: 'data', masterKeys, ...half }, masters);
    return {
      backup: common.backup,
      ...moment,
      tables: { data: rowsOf(half.tables), keys: rowsOf(keyHalf.tables) },
      bytes: [...half.tables, ...keyHalf.tables].reduce((sum, { bytes }) => sum + bytes, 0),
    };
  } finally {
    await hub.end();
    await keys.end();
  }
}

async function refuseFolders({ data, keys, together = false }: Folders): Promise<void> {
  const [one, other] = [resolve(data), resolve(keys)];
  if (one === other) throw new BackupRefused('--data and --keys are one folder: each half needs its own');
  const near = dirname(one) === dirname(other) || isWithin(one, other) || isWithin(other, one);
  if (near && !together) {
    throw new BackupRefused(
      `${one} and ${other} lie in one place, where whoever finds one half finds the other: keep the keys elsewhere, or say --together`,
    );
  }
  for (const folder of [one, other]) {
    if (await holdsSomething(folder))
      throw new BackupRefused(`${folder} is there already: every backup gets a new folder`);
    if (await holdsSomething(`${folder}.partial`)) {
      throw new BackupRefused(
        `${folder}.partial is left from a backup that was broken off, or is under way: remove it first`,
      );
    }
  }
}

const isWithin = (outer: string, inner: string): boolean => !relative(outer, inner).startsWith('..');

async function holdsSomething(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function plan(database: Database): Promise<Table[]> {
  const connection = await database.connect();
  try {
    return await tablesOf(connection);
  } finally {
    connection.release();
  }
}

/**
 * One moment of a database, locked against changes of its schema before the moment is fixed: otherwise an erasure could
 * rewrite the key table in between, and leave the destroyed keys on disk for this reader.
 */
async function inSnapshot<T>(
  database: Database,
  tables: readonly Table[],
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await database.connect();
  try {
    await connection.query('begin isolation level repeatable read, read only');
    await connection.query(`lock table ${tables.map(({ name }) => quoted(name)).join(', ')} in access share mode`);
    const result = await work(connection);
    await connection.query('commit');
    return result;
  } finally {
    // Ended, not given back: whatever failed, no copy is left half-way on it.
    connection.release(true);
  }
}

async function momentOf(connection: Connection): Promise<{ takenAt: string; position: string }> {
  const { rows } = await connection.query<{ takenAt: string; position: string }>(
    'select now() as "takenAt", position::text from log_head',
  );
  if (!rows[0]) throw new BackupRefused("the log's head is missing: hub verify says more");
  return rows[0];
}

async function copyHalf(
  connection: Connection,
  tables: readonly Table[],
  folder: string,
  onBytes: (count: number) => void,
): Promise<Pick<Manifest, 'tables' | 'sequences' | 'migrations'>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copied: CopiedTable[] = [];
  for (const table of tables) copied.push(await copyOut(connection, table, folder, onBytes));
  // A counter only goes up, so read after the rows it is beyond every one of them.
  return { tables: copied, sequences: await sequencesOf(connection), migrations: await migrationsIn(connection) };
}

async function masterKeysIn(connection: Connection, { current }: MasterKeys): Promise<string[]> {
  const { rows } = await connection.query<{ master: string }>(
    'select distinct master from (select master from data_keys union select master from hub_secret) m where master is not null',
  );
  return [...new Set([fingerprintOf(current), ...rows.map(({ master }) => master)])];
}

async function finish(folder: string, manifest: Manifest, masters: MasterKeys): Promise<void> {
  const partial = `${resolve(folder)}.partial`;
  await writeManifest(partial, manifest, masters);
  await rename(partial, resolve(folder));
  const parent = await open(dirname(resolve(folder)));
  try {
    // The name, too, is on disk before anybody is told that there is a backup.
    await parent.sync();
  } finally {
    await parent.close();
  }
}

const rowsOf = (tables: readonly CopiedTable[]): Record<string, number> =>
  Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
