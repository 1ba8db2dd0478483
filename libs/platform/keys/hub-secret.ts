import { randomBytes } from 'node:crypto';
import type { Connection, Database } from '../database/pool.js';
import { KeyStoreError } from './key-store-error.js';
import type { Wrapping } from './wrapping.js';

const SECRET = 'hub-secret';

interface Kept {
  readonly wrapped: Buffer;
  /** Fingerprint of the master key that wraps it; null in a store older than that column. */
  readonly master: string | null;
}

/** The secret of this hub's keyed hashes: made by whichever process comes first. Throws `KeyStoreError`. */
export async function hubSecret(database: Database, wrapping: Wrapping): Promise<Buffer> {
  const kept = (await readSecret(database)) ?? (await createSecret(database, wrapping));
  const opened = wrapping.open(kept.wrapped, SECRET);
  if (opened === undefined) {
    const asked = kept.master === null ? '' : ` (it was ${kept.master}; given: ${wrapping.fingerprints.join(', ')})`;
    throw new KeyStoreError(
      `HUB_MASTER_KEY is not the key this hub's store was wrapped with${asked}: set the one it was created with, or ` +
        'last rotated to (in development, the file master.key under HUB_DATA). Nothing was changed.',
    );
  }
  return opened;
}

/** Wraps the secret with the current master key; the secret itself, and every hash made with it, stays as it is. */
export async function rewrapSecret(connection: Connection, wrapping: Wrapping): Promise<void> {
  const { rows } = await connection.query<Kept>('select wrapped, master from hub_secret for update');
  const opened = rows[0] && wrapping.open(rows[0].wrapped, SECRET);
  if (!opened) throw new KeyStoreError("neither master key opens the hub's secret: nothing was changed");
  await connection.query('update hub_secret set wrapped = $1, master = $2', [
    wrapping.wrap(opened, SECRET),
    wrapping.current,
  ]);
}

async function readSecret(database: Database): Promise<Kept | undefined> {
  const { rows } = await database.query<Kept>('select wrapped, master from hub_secret');
  return rows[0];
}

async function createSecret(database: Database, wrapping: Wrapping): Promise<Kept> {
  await database.query(
    `insert into hub_secret (wrapped, master) select $1, $2
     where not exists (select from data_keys)
     on conflict (single) do nothing`,
    [wrapping.wrap(randomBytes(32), SECRET), wrapping.current],
  );
  const kept = await readSecret(database);
  if (kept === undefined) {
    throw new KeyStoreError(
      "the key store holds keys but not the hub's secret, so part of it is lost: restore the store from its backup",
    );
  }
  return kept;
}
