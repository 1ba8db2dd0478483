import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { openPool } from '../database/pool.js';
import { KeyStoreError } from './key-store-error.js';

/**
 * The key that wraps every key: HUB_MASTER_KEY, or outside production the file `HUB_DATA/master.key`, made once (0600).
 * `keysUrl` is the migrated key store: when it already holds keys and the file is gone, this throws `KeyStoreError`
 * rather than make a new key, which could open nothing.
 */
export async function masterKeyFrom(config: Config, keysUrl: string): Promise<Buffer> {
  if (config.HUB_MASTER_KEY !== undefined) return parseMasterKey(config.HUB_MASTER_KEY, 'HUB_MASTER_KEY');
  if (config.production) throw new KeyStoreError('HUB_MASTER_KEY is required in production');
  const file = join(config.HUB_DATA, 'master.key');
  const kept = await readIfThere(file);
  if (kept !== undefined) return parseMasterKey(kept, file);
  if (await holdsSecret(keysUrl)) {
    throw new KeyStoreError(
      `${file} is missing, and this hub's key store was wrapped with it: put the file back, or set HUB_MASTER_KEY. ` +
        'Without that key nothing sealed can be read.',
    );
  }
  return createFile(config.HUB_DATA, file);
}

/** 32 bytes from base64, base64url or hex. Throws `KeyStoreError`, naming where the text came from. */
export function parseMasterKey(text: string, origin: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (key.length !== 32) throw new KeyStoreError(`${origin} must hold 32 bytes in base64 or hex`);
  return key;
}

// Written whole beside its place, then linked: of two hubs that start at once, one wins and both read the same key.
async function createFile(folder: string, file: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64')}\n`);
    await handle.sync();
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await handle.close();
    await rm(draft);
  }
  return parseMasterKey(await readFile(file, 'utf8'), file);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
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

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
