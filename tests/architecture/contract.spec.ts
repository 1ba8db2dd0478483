import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { house } from './planted.js';

const file = 'hub/police/v1/police.proto';
const field = /^ {2}string report_reference = 1\b[^;]*;\n/m;

describe('what partners have built on', () => {
  it('is not broken by the contract as it is', async () => {
    expect(await checked((text) => text)).toEqual({ status: 0, said: '' });
  }, 120_000);

  it.each([
    ['takes a field away', (text: string) => text.replace(field, '')],
    ['gives a field another number', (text: string) => text.replace(field, (line) => line.replace('= 1', '= 91'))],
    ['gives a field another type', (text: string) => text.replace(field, '  bytes report_reference = 1;\n')],
    ['takes an event away', (text: string) => text.replace('message Charged {', 'message ChargedAnew {')],
  ])(
    'is broken, and the check says where, when a change %s',
    async (_, change) => {
      const { status, said } = await checked(change);
      expect(status).toBe(1);
      expect(said).toContain(file);
    },
    120_000,
  );
});

/** What `npm run proto:check` says of a copy of the contract in which `change` was made to one file. */
async function checked(change: (text: string) => string): Promise<{ status: number | null; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-contract-'));
  try {
    await cp(join(house, 'proto'), folder, { recursive: true });
    const changed = change(await readFile(join(folder, file), 'utf8'));
    await writeFile(join(folder, file), changed);
    const script = join(house, 'apps/ops/bin/proto.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check', '--in', folder], { encoding: 'utf8' });
    return { status, said: stderr };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
