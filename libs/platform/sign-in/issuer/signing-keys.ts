import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the bundled issuer signs tokens and cookies with. */
export interface SigningKeys {
  readonly jwks: { readonly keys: JWK[] };
  readonly cookies: string[];
}

/** Made once, kept in `HUB_DATA/sign-in.json` (0600), so that a restart leaves tokens and sessions valid. */
export async function signingKeys(folder: string): Promise<SigningKeys> {
  const file = join(folder, 'sign-in.json');
  const kept = await read(file);
  if (kept) return kept;
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(await made()), { mode: 0o600 });
  try {
    // Linked, not written in place: of two hubs that start at once both read the same keys.
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return JSON.parse(await readFile(file, 'utf8')) as SigningKeys;
}

async function made(): Promise<SigningKeys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'ES256', kid: randomBytes(9).toString('base64url') };
  return { jwks: { keys: [key] }, cookies: [randomBytes(32).toString('base64url')] };
}

async function read(file: string): Promise<SigningKeys | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SigningKeys;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** The half that verifies. */
export function publicHalf({ jwks }: SigningKeys): { keys: JWK[] } {
  return { keys: jwks.keys.map(({ d: _private, ...key }) => key) };
}
