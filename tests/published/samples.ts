import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Agency } from '../../libs/kernel/agency.js';
import type { Message } from '../../libs/kernel/fact.js';

const repository = resolve(import.meta.dirname, '../..');
const folder = process.env.HUB_PUBLISHED_SAMPLES ?? join(repository, '../shared/samples');

/** Names of the published files; none where the samples are not there. */
export const published: readonly string[] = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name !== 'README.md' && name !== 'manifest.tsv')
      .toSorted()
  : [];

export function bytesOf(file: string): Uint8Array {
  return readFileSync(join(folder, file));
}

/** The file as its publisher would send it to the native door, naming no format. */
export function sent(agency: Agency, body: Uint8Array, attributes: Readonly<Record<string, string>> = {}): Message {
  const receivedAt = '2026-01-05T09:00:00Z';
  const contentType = 'application/octet-stream';
  return { system: agency, agency, format: '', contentType, attributes, body, receivedAt };
}
