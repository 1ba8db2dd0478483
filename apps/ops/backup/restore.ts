import type { Config } from '../../../libs/platform/config.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { unmarkRestoring } from '../../../libs/platform/database/restoring.js';
import { openKeyStore } from '../../../libs/platform/keys/key-store.js';
import { masterKeysAtHand, type MasterKeys } from '../../../libs/platform/keys/master-key.js';
import { openDatabases, openParts, type OpenedParts } from '../../../libs/platform/open-parts.js';
import { Projections } from '../../../libs/platform/projections/engine.js';
import { createLogger } from '../../../libs/platform/telemetry/logger.js';
import { projected } from '../../../libs/projected.js';
import { eraseAgain } from '../erase/erase-again.js';
import { finishErasures } from '../erase/erase.js';
import { LedgerBroken, readLedger } from '../erase/ledger.js';
import { verify, type Verified } from '../verify/verify.js';
import { beginAnew, load } from './load.js';
import { BackupRefused, readManifest } from './manifest.js';
import { bytesOf, checkFiles, refuseInUse, refuseOtherSchemas, type Manifests } from './refusals.js';

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

  await loadBoth(request, manifests, config, masters, (done, total) => onProgress('load', done, total));
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
  manifests: Manifests,
  config: Config,
  masters: MasterKeys,
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
    // As early as the hub's secret is there: a wrong ledger must not be found after hours of loading.
    await checkLedgers(request, keys, masters);
    await load('hub', hub, request.data, manifests.data, onBytes);
  } finally {
    await databases.close();
  }
}

async function checkLedgers({ ledgers = [] }: RestoreRequest, url: string, masters: MasterKeys): Promise<void> {
  const { current, previous } = masters;
  const keys = await openKeyStore({
    url,
    masterKey: current,
    ...(previous === undefined ? {} : { previousMasterKey: previous }),
  });
  try {
    for (const file of ledgers) await readLedger(file, keys);
  } finally {
    await keys.close();
  }
}

const secondsSince = (begun: number): number => Math.round((performance.now() - begun) / 100) / 10;

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
