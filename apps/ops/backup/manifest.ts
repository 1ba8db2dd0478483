import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintOf, type MasterKeys } from '../../../libs/platform/keys/master-key.js';

export const halves = ['data', 'keys'] as const;
export type Half = (typeof halves)[number];

/** One table of a half, in one file: PostgreSQL's binary COPY. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
}

/** What one half of a backup is and holds. Nothing in it names a child. */
export interface Manifest {
  readonly product: 'youth-justice-hub';
  readonly format: 1;
  readonly half: Half;
  /** The same in both halves of one backup. */
  readonly backup: string;
  /** RFC 3339: the one moment the data are of. The keys are of a moment after it. */
  readonly takenAt: string;
  /** Last position of the log in it. */
  readonly position: string;
  /** The schema it has, by its migrations in order. */
  readonly migrations: readonly string[];
  /** Fingerprints of the master keys that its keys are wrapped with; the first also signs this. */
  readonly masterKeys: readonly string[];
  readonly tables: readonly CopiedTable[];
  /** Where each counter stood. */
  readonly sequences: Readonly<Record<string, string>>;
}

/** Something is wrong with a backup, or with restoring it here; `message` is for the operator. */
export class BackupRefused extends Error {
  readonly code = 'backup-refused';
}

const FILE = 'manifest.json';

export async function writeManifest(folder: string, manifest: Manifest, masters: MasterKeys): Promise<void> {
  const text = JSON.stringify(manifest, null, 2);
  const signed = `${text}\n${signatureOf(text, masters.current)}\n`;
  await writeFile(join(folder, FILE), signed, { mode: 0o600, flush: true });
}

/**
 * Reads one half's manifest and checks its signature. Throws `BackupRefused` when there is none, it is another half, it
 * was made under master keys that are not at hand, or somebody changed it.
 */
export async function readManifest(folder: string, half: Half, masters: MasterKeys): Promise<Manifest> {
  const { text, signature } = await readSigned(folder);
  const manifest = parsed(text, folder);
  if (manifest.half !== half) {
    throw new BackupRefused(`${folder} holds the ${manifest.half} of a backup, where its ${half} should be`);
  }
  const atHand = [masters.current, ...(masters.previous === undefined ? [] : [masters.previous])];
  const known = new Map(atHand.map((key) => [fingerprintOf(key), key]));
  const missing = manifest.masterKeys.filter((fingerprint) => !known.has(fingerprint));
  const signer = known.get(manifest.masterKeys[0] ?? '');
  if (missing.length > 0 || signer === undefined) {
    throw new BackupRefused(
      `this backup was made under the master key ${missing.join(' and ')}; the one given is ${[...known.keys()].join(' and ')}. ` +
        'Set HUB_MASTER_KEY (or HUB_MASTER_KEY_PREVIOUS) to that one. Nothing was touched.',
    );
  }
  const right = Buffer.from(signatureOf(text, signer));
  const given = Buffer.from(signature);
  if (right.length !== given.length || !timingSafeEqual(right, given)) {
    throw new BackupRefused(`${join(folder, FILE)} was changed after the backup was made. Nothing was touched.`);
  }
  return manifest;
}

async function readSigned(folder: string): Promise<{ text: string; signature: string }> {
  let content: string;
  try {
    content = await readFile(join(folder, FILE), 'utf8');
  } catch (error) {
    throw new BackupRefused(`${folder} is not a backup, or one that was broken off: it has no ${FILE}`, {
      cause: error,
    });
  }
  const end = content.lastIndexOf('\n', content.length - 2);
  return { text: content.slice(0, end), signature: content.slice(end + 1).trim() };
}

function parsed(text: string, folder: string): Manifest {
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch (error) {
    throw new BackupRefused(`${join(folder, FILE)} is damaged`, { cause: error });
  }
  if (manifest.product !== 'youth-justice-hub') throw new BackupRefused(`${folder} is not a backup of this product`);
  if (manifest.format !== 1) {
    throw new BackupRefused(`${folder} has format ${String(manifest.format)}, which a newer version of the hub reads`);
  }
  return manifest as Manifest;
}

// Keyed by the master key, which no backup holds: whoever can write to where backups lie can damage one, not forge it.
function signatureOf(text: string, masterKey: Uint8Array): string {
  const key = createHmac('sha256', masterKey).update('manifest of a backup').digest();
  return createHmac('sha256', key).update(text).digest('hex');
}
