import { randomBytes } from 'node:crypto';
import { systemClock } from '../../kernel/clock.js';
import type { Anchor, DataKey, KeyStore } from '../../kernel/keys.js';
import { binaryArray, uuidArray } from '../database/array-parameters.js';
import { orderedId } from '../database/ordered-id.js';
import { openPool, type Database } from '../database/pool.js';
import { moveAnchor, readAnchor } from './anchors.js';
import { hubSecret } from './hub-secret.js';
import { keyedHash, type KeyedHash } from './keyed-hash.js';
import { KeyStoreError } from './key-store-error.js';
import { KEY_DESTROYED, OpenedKeys, type CacheLimits } from './opened-keys.js';
import { scrub } from './scrub.js';
import { SpareKeys } from './spare-keys.js';
import { openedWith, wrappingWith, type Wrapping } from './wrapping.js';

export interface KeyStoreOptions {
  /** The key store's own database, migrated. */
  readonly url: string;
  /** 32 bytes; see `masterKeysFrom`. */
  readonly masterKey: Uint8Array;
  /** Opens keys too, wraps none. */
  readonly previousMasterKey?: Uint8Array;
  readonly cache?: CacheLimits;
}

const KEY = 32;

// About 300 bytes each.
const CACHE: CacheLimits = { maxKeys: 100_000, maxAgeMs: 60_000 };

/** Opens the key store on PostgreSQL. Throws `KeyStoreError` when no master key at hand is the one it is wrapped with. */
export async function openKeyStore(options: KeyStoreOptions): Promise<KeyStore> {
  const { url, masterKey, previousMasterKey: previous, cache = CACHE } = options;
  const wrapping = wrappingWith({ current: masterKey, ...(previous === undefined ? {} : { previous }) });
  const database = openPool(url, 'hub keys', 4);
  try {
    const hash = keyedHash(await hubSecret(database, wrapping));
    // Says for as long as the store is open which master keys this process knows: a rotation waits for all of them.
    const opened = await OpenedKeys.listening(url, cache, openedWith(wrapping));
    return new PostgresKeyStore(database, wrapping, hash, opened);
  } catch (error) {
    await database.end();
    throw error;
  }
}

class PostgresKeyStore implements KeyStore {
  readonly #spares = new SpareKeys(async (count) => this.#make(count));

  constructor(
    private readonly database: Database,
    private readonly wrapping: Wrapping,
    readonly hash: KeyedHash,
    private readonly opened: OpenedKeys,
  ) {}

  async take(count: number): Promise<DataKey[]> {
    const keys = await this.#spares.take(count);
    this.opened.keep(keys, this.opened.moment);
    return keys;
  }

  async find(ids: readonly string[]): Promise<Map<string, DataKey>> {
    const found = new Map<string, DataKey>();
    const unread: string[] = [];
    for (const id of new Set(ids)) {
      const key = this.opened.get(id);
      if (key === undefined) unread.push(id);
      else found.set(id, key);
    }
    if (unread.length === 0) return found;

    const moment = this.opened.moment;
    const { rows } = await this.database.query<{ id: string; wrapped: Buffer }>({
      name: 'keys find',
      text: 'select id, wrapped from data_keys where id = any($1::uuid[])',
      values: [uuidArray(unread)],
    });
    const read = rows.map(({ id, wrapped }): DataKey => ({ id, bytes: this.#unwrap(id, wrapped) }));
    this.opened.keep(read, moment);
    for (const key of read) found.set(key.id, key);
    return found;
  }

  async destroy(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    this.opened.forget(ids);
    // Other processes hear of it when this commits. Ids go in portions: a notification holds less than 8,000 bytes.
    const { rows } = await this.database.query<{ transaction: bigint }>(
      `with gone as (delete from data_keys where id = any($1::uuid[])),
       told as (
         select pg_notify($2, string_agg(id, ' '))
         from unnest($1::text[]) with ordinality as ids (id, n) group by n / 200
       )
       select pg_current_xact_id()::text::bigint as transaction, (select count(*) from told)`,
      [ids, KEY_DESTROYED],
    );
    // Again: a `find` of this process may have been reading the store until the deletion was committed.
    this.opened.forget(ids);
    await scrub(this.database, rows[0]?.transaction ?? 0n);
  }

  async anchor(name: string): Promise<Anchor | undefined> {
    return readAnchor(this.database, name);
  }

  async moveAnchor(name: string, from: Anchor | undefined, to: Anchor): Promise<boolean> {
    return moveAnchor(this.database, name, from, to);
  }

  async close(): Promise<void> {
    const unused = await this.#spares.drain();
    if (unused.length > 0) await this.#remove(unused);
    await this.opened.close();
    await this.database.end();
  }

  async #make(count: number): Promise<DataKey[]> {
    const chance = randomBytes(KEY * count);
    const now = systemClock.now();
    // Copied, so that one key does not keep the bytes of all the others alive.
    const keys = Array.from({ length: count }, (_, at): DataKey => ({
      id: orderedId(now),
      bytes: Uint8Array.from(chance.subarray(KEY * at, KEY * (at + 1))),
    }));
    chance.fill(0);
    await this.database.query({
      name: 'keys make',
      text: 'insert into data_keys (id, wrapped, master) select id, wrapped, $3 from unnest($1::uuid[], $2::bytea[]) k (id, wrapped)',
      values: [
        uuidArray(keys.map(({ id }) => id)),
        binaryArray(
          'bytea',
          keys.map(({ id, bytes }) => this.wrapping.wrap(bytes, id)),
        ),
        this.wrapping.current,
      ],
    });
    return keys;
  }

  #unwrap(id: string, wrapped: Buffer): Buffer {
    const bytes = this.wrapping.open(wrapped, id);
    if (bytes !== undefined) return bytes;
    throw new KeyStoreError(
      `key ${id} is damaged in the key store, or wrapped with a master key that this process was not given: ` +
        'see hub keys status, or restore the store from its backup',
    );
  }

  async #remove(keys: readonly DataKey[]): Promise<void> {
    await this.database.query('delete from data_keys where id = any($1::uuid[])', [keys.map(({ id }) => id)]);
  }
}
