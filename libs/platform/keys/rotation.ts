import { setTimeout as delay } from 'node:timers/promises';
import { binaryArray, uuidArray } from '../database/array-parameters.js';
import { openPool, transaction, type Connection, type Database } from '../database/pool.js';
import { rewrapSecret } from './hub-secret.js';
import { KeyStoreError } from './key-store-error.js';
import { KEY_DESTROYED } from './opened-keys.js';
import type { MasterKeys } from './master-key.js';
import { scrub } from './scrub.js';
import { openedWith, wrappingWith, type Wrapping } from './wrapping.js';

const BATCH = 2_000;
const LOOK_AGAIN_MS = 100;

export interface KeysUnder {
  /** Fingerprint of the master key that wraps new keys. */
  readonly current: string;
  /** How many keys it wraps. */
  readonly keys: number;
  /** How many still lie under another, by that one's fingerprint; '' for a key from before fingerprints were kept. */
  readonly others: Readonly<Record<string, number>>;
}

/** Under which master keys the store's keys lie. */
export async function keysUnder(url: string, masters: MasterKeys): Promise<KeysUnder> {
  const { current } = wrappingWith(masters);
  const database = openPool(url, 'hub keys status', 1);
  try {
    const { rows } = await database.query<{ master: string; count: bigint }>(
      `select coalesce(master, '') as master, count(*) from data_keys group by 1 order by 1`,
    );
    const counts = rows.map(({ master, count }) => [master, Number(count)] as const);
    return {
      current,
      keys: new Map(counts).get(current) ?? 0,
      others: Object.fromEntries(counts.filter(([master]) => master !== current)),
    };
  } finally {
    await database.end();
  }
}

/**
 * Wraps every key anew with the current master key, in batches, while hubs go on: each opens under both. Broken off at any
 * moment it is gone on with by running it again. Afterwards the other master key opens nothing, neither in the tables nor
 * in what the server still has on disk. Throws `KeyStoreError`, with nothing changed, while a process runs that would go
 * on wrapping with the other key or could not open the new ones.
 */
export async function rotate(
  url: string,
  masters: MasterKeys,
  onProgress: (done: number, total: number) => void,
): Promise<{ rewrapped: number }> {
  const wrapping = wrappingWith(masters);
  const database = openPool(url, openedWith(wrapping), 2);
  try {
    await refuseWhileOthers(database, wrapping);
    // First: from here on a process that is started with the old key alone is refused, before it makes a key.
    await transaction(database, async (connection) => rewrapSecret(connection, wrapping));
    const total = await waiting(database, wrapping);
    let rewrapped = 0;
    for (let left = total; left > 0; left = await waiting(database, wrapping)) {
      const done = await rewrapAll(database, wrapping, (count) =>
        onProgress(Math.min(rewrapped + count, total), total),
      );
      rewrapped += done;
      // What is left is in the hands of an erasure.
      if (done === 0) await delay(LOOK_AGAIN_MS);
    }
    await scrub(database, await transactionNow(database));
    return { rewrapped };
  } finally {
    await database.end();
  }
}

/** Throws `KeyStoreError` while a process runs that wraps with another key than this: before anything is changed for it. */
export async function refuseWhileOthersWrap(url: string, masters: MasterKeys): Promise<void> {
  const database = openPool(url, 'hub keys status', 1);
  try {
    await refuseWhileOthers(database, wrappingWith(masters));
  } finally {
    await database.end();
  }
}

async function refuseWhileOthers(database: Database, { current }: Wrapping): Promise<void> {
  const { rows } = await database.query<{ count: bigint }>(
    `select count(*) from pg_stat_activity
      where datname = current_database()
        and (application_name = $2 or application_name ~ '^hub keys [0-9a-f]{12}' and not starts_with(application_name, $1))`,
    [`hub keys ${current}`, `hub listen ${KEY_DESTROYED}`],
  );
  const others = rows[0]?.count ?? 0n;
  if (others === 0n) return;
  throw new KeyStoreError(
    `${others} running processes of this hub wrap keys with another master key: start them with HUB_MASTER_KEY (the new ` +
      'one) and HUB_MASTER_KEY_PREVIOUS (the old one), or stop them, and run this again. Nothing was changed.',
  );
}

/** One walk through the keys, in the order of their ids, passing over what another transaction holds. */
async function rewrapAll(database: Database, wrapping: Wrapping, onProgress: (count: number) => void): Promise<number> {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000';
  let count = 0;
  while (after !== undefined) {
    const from: string = after;
    const batch = await transaction(database, async (connection) => rewrapBatch(connection, wrapping, from));
    after = batch.last;
    count += batch.size;
    onProgress(count);
  }
  return count;
}

async function rewrapBatch(
  connection: Connection,
  wrapping: Wrapping,
  after: string,
): Promise<{ size: number; last: string | undefined }> {
  const { rows } = await connection.query<{ id: string; wrapped: Buffer }>(
    `select id, wrapped from data_keys where id > $1 and master is distinct from $2
      order by id limit $3 for update skip locked`,
    [after, wrapping.current, BATCH],
  );
  const rewrapped = rows.map(({ id, wrapped }) => {
    const bytes = wrapping.open(wrapped, id);
    if (bytes === undefined)
      throw new KeyStoreError(`neither master key opens key ${id}: it is damaged, or a third key wraps it`);
    return wrapping.wrap(bytes, id);
  });
  await connection.query(
    `update data_keys d set wrapped = k.wrapped, master = $3
       from unnest($1::uuid[], $2::bytea[]) k (id, wrapped) where d.id = k.id`,
    [uuidArray(rows.map(({ id }) => id)), binaryArray('bytea', rewrapped), wrapping.current],
  );
  return { size: rows.length, last: rows.at(-1)?.id };
}

async function waiting(database: Database, { current }: Wrapping): Promise<number> {
  const { rows } = await database.query<{ count: bigint }>(
    'select count(*) from data_keys where master is distinct from $1',
    [current],
  );
  return Number(rows[0]?.count ?? 0n);
}

async function transactionNow(database: Database): Promise<bigint> {
  const { rows } = await database.query<{ now: bigint }>('select pg_current_xact_id()::text::bigint as now');
  return rows[0]?.now ?? 0n;
}
