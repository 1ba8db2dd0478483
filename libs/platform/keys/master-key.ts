import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../../kernel/error-code.js';
import type { Config } from '../config.js';
import { openPool } from '../database/pool.js';
import { KeyStoreError } from './key-store-error.js';

/** The key that wraps, and one that opens too while a hub changes from one to the other. 32 bytes each. */
export interface MasterKeys {
  readonly current: Uint8Array;
  readonly previous?: Uint8Array;
}

/**
 * The master keys of this hub: HUB_MASTER_KEY (and HUB_MASTER_KEY_PREVIOUS), or outside production the file
 * `HUB_DATA/master.key`, made once (0600). `keysUrl` is the migrated key store: when it already holds keys and the file is
 * gone, this throws `KeyStoreError` rather than make a new key, which could open nothing.
 */
export async function masterKeysFrom(config: Config, keysUrl: string): Promise<MasterKeys> {
  const atHand = await masterKeysAtHand(config);
  if (atHand) return atHand;
  const file = masterKeyFile(config);
  if (await holdsSecret(keysUrl)) {
    throw new KeyStoreError(
      `${file} is missing, and this hub's key store was wrapped with it: put the file back, or set HUB_MASTER_KEY. ` +
        'Without that key nothing sealed can be read.',
    );
  }
  return { current: await createKeyFile(file) };
}

/** The same without ever making one: undefined when there is none. */
export async function masterKeysAtHand(config: Config): Promise<MasterKeys | undefined> {
  const { HUB_MASTER_KEY: set, HUB_MASTER_KEY_PREVIOUS: before } = config;
  if (set !== undefined) {
    return {
      current: parseMasterKey(set, 'HUB_MASTER_KEY'),
      ...(before === undefined ? {} : { previous: parseMasterKey(before, 'HUB_MASTER_KEY_PREVIOUS') }),
    };
  }
  if (config.production) throw new KeyStoreError('HUB_MASTER_KEY is required in production');
  const file = masterKeyFile(config);
  const kept = await readIfThere(file);
  if (kept === undefined) return undefined;
  const previous = await readIfThere(previousKeyFile(config));
  return {
    current: parseMasterKey(kept, file),
    ...(previous === undefined ? {} : { previous: parseMasterKey(previous, previousKeyFile(config)) }),
  };
}

/** Where a development hub keeps its master key; beside it, until a rotation is done, the one before. */
const masterKeyFile = (config: Config): string => join(config.HUB_DATA, 'master.key');
const previousKeyFile = (config: Config): string => `${masterKeyFile(config)}.previous`;

/** Begins a rotation of the development key file, or goes on with one that was broken off: both keys are then at hand. */
export async function renewKeyFile(config: Config): Promise<MasterKeys> {
  const [file, before] = [masterKeyFile(config), previousKeyFile(config)];
  const kept = await readIfThere(file);
  if (kept === undefined) throw new KeyStoreError(`there is no master key to rotate: ${file} is missing`);
  await linkUnlessThere(file, before);
  const previous = await readFile(before, 'utf8');
  if (previous === kept) {
    const next = `${file}.next`;
    await rm(next, { force: true });
    await createKeyFile(next);
    await rename(next, file);
  }
  return { current: parseMasterKey(await readFile(file, 'utf8'), file), previous: parseMasterKey(previous, before) };
}

/** Ends it: the old key is gone from the disk of this machine. */
export async function forgetPreviousKeyFile(config: Config): Promise<void> {
  await rm(previousKeyFile(config), { force: true });
}

/** Tells master keys apart and gives nothing of them away: 12 hexadecimal digits of a keyed hash. */
export function fingerprintOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('fingerprint of a master key').digest('hex').slice(0, 12);
}

/** 32 bytes from base64, base64url or hex. Throws `KeyStoreError`, naming where the text came from. */
export function parseMasterKey(text: string, origin: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (key.length !== 32) throw new KeyStoreError(`${origin} must hold 32 bytes in base64 or hex`);
  return key;
}

// Written whole beside its place, then linked: of two hubs that start at once, one wins and both read the same key.
async function createKeyFile(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64')}\n`);
    await handle.sync();
    await linkUnlessThere(draft, file);
  } finally {
    await handle.close();
    await rm(draft);
  }
  return parseMasterKey(await readFile(file, 'utf8'), file);
}

async function linkUnlessThere(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function holdsSecret(keysUrl: string): Promise<boolean> {
  const database = openPool(keysUrl, 'hub keys', 1);
  try {
    return (await database.query('select from hub_secret union all (select from data_keys limit 1)')).rowCount !== 0;
  } finally {
    await database.end();
  }
}
