import { appendFile, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../../../libs/kernel/error-code.js';
import type { Config } from '../../../libs/platform/config.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';

/**
 * One erasure, in the hub's own ids: what must be destroyed again when a backup from before it is restored. Written more
 * than once while an erasure finds more; the last line of an id counts.
 */
export interface LedgerEntry {
  readonly erasure: string;
  readonly child: string;
  readonly who: string;
  /** RFC 3339. */
  readonly at: string;
  readonly streams: readonly string[];
  /** Ids of data keys, of records and receipts. */
  readonly keys: readonly string[];
  /** Those a backup may not know, so that the same message sent again is answered and not taken in. */
  readonly receipts: readonly LedgerReceipt[];
}

export interface LedgerReceipt {
  readonly id: string;
  readonly system: string;
  readonly agency: string;
  /** Keyed hash of the message id, hexadecimal. */
  readonly message: string;
  readonly received: string;
}

/** The ledger was changed, or is another hub's. */
export class LedgerBroken extends Error {
  readonly code = 'erasure-ledger';
}

/** Outside the databases, because it must outlive them: HUB_ERASURE_LEDGER. */
export const ledgerFile = (config: Config): string =>
  config.HUB_ERASURE_LEDGER ?? join(config.HUB_DATA, 'erasures.ledger');

/** Appends an entry and has it on disk before it returns: only then may the keys be destroyed. */
export async function noteInLedger(file: string, entry: LedgerEntry, hub: KeyStore): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const { lines: before, whole } = await linesOf(file);
  // A line that a killed process left half-written: its keys were not destroyed, and its erasure writes it anew.
  if (whole !== undefined) await truncate(file, whole);
  const text = JSON.stringify(entry);
  await appendFile(file, `${sealOf(hub, before.at(-1)?.seal ?? '', text)} ${text}\n`, { mode: 0o600, flush: true });
  const folder = await open(dirname(file));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Each erasure of a ledger once, in order. Throws `LedgerBroken` where a line was changed, left out, or is another hub's. */
export async function readLedger(file: string, hub: KeyStore): Promise<LedgerEntry[]> {
  const entries = new Map<string, LedgerEntry>();
  let before = '';
  for (const [at, { seal, text }] of (await linesOf(file)).lines.entries()) {
    if (seal !== sealOf(hub, before, text)) {
      throw new LedgerBroken(`${file}, line ${at + 1}: changed, out of order, or from another hub`);
    }
    const entry = JSON.parse(text) as LedgerEntry;
    entries.set(entry.erasure, entry);
    before = seal;
  }
  return [...entries.values()];
}

/** `whole`: how many bytes of the file are whole lines, when not all are. */
async function linesOf(file: string): Promise<{ lines: { seal: string; text: string }[]; whole?: number }> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { lines: [] };
    throw error;
  }
  const whole = content.lastIndexOf('\n') + 1;
  const lines = content
    .subarray(0, whole)
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ seal: line.slice(0, 64), text: line.slice(65) }));
  return whole === content.length ? { lines } : { lines, whole };
}

// Each line is sealed together with the one before, so that none can be changed or taken out of the middle.
const sealOf = (hub: KeyStore, before: string, text: string): string =>
  hub.hash('erasure-ledger', before, text).toString('hex');
