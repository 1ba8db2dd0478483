import { randomBytes } from 'node:crypto';
import type { DataKey } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';
import { KeyStoreError } from './key-store-error.js';
import { open, seal, SealBroken } from './seal.js';

const SECRET = 'hub-secret';

/** The secret of this hub's keyed hashes: made by whichever process comes first. Throws `KeyStoreError`. */
export async function hubSecret(database: Database, master: DataKey): Promise<Buffer> {
  const wrapped = (await readSecret(database)) ?? (await createSecret(database, master));
  try {
    return open(master, wrapped, SECRET);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new KeyStoreError(
      "HUB_MASTER_KEY is not the key this hub's store was wrapped with: set the one it was created with " +
        '(in development, the file master.key under HUB_DATA). Nothing was changed.',
      { cause: error },
    );
  }
}

async function readSecret(database: Database): Promise<Buffer | undefined> {
  const { rows } = await database.query<{ wrapped: Buffer }>('select wrapped from hub_secret');
  return rows[0]?.wrapped;
}

async function createSecret(database: Database, master: DataKey): Promise<Buffer> {
  await database.query(
    `insert into hub_secret (wrapped) select $1
     where not exists (select from data_keys)
     on conflict (single) do nothing`,
    [seal(master, randomBytes(32), SECRET)],
  );
  const kept = await readSecret(database);
  if (kept === undefined) {
    throw new KeyStoreError(
      "the key store holds keys but not the hub's secret, so part of it is lost: restore the store from its backup",
    );
  }
  return kept;
}
