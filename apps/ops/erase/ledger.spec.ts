import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryKeyStore } from '../../../libs/testing/keys/memory-key-store.js';
import { LedgerBroken, noteInLedger, readLedger, type LedgerEntry } from './ledger.js';

describe('erasure ledger', () => {
  let folder: string;
  let file: string;
  const hub = memoryKeyStore();
  const entry = (erasure: string, keys: string[] = []): LedgerEntry => ({
    erasure,
    child: 'child',
    who: 'test',
    at: '2026-05-01T12:00:00.000Z',
    streams: [],
    keys,
    receipts: [],
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-ledger-'));
    file = join(folder, 'elsewhere', 'erasures');
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('gives every erasure once, as it was noted last, and nothing where none was ever noted', async () => {
    expect(await readLedger(file, hub)).toEqual([]);
    for (const noted of [entry('a'), entry('b'), entry('a', ['one more'])]) await noteInLedger(file, noted, hub);
    expect(await readLedger(file, hub)).toEqual([entry('a', ['one more']), entry('b')]);
  });

  it('goes on after a line that a killed process left half-written', async () => {
    await noteInLedger(file, entry('a'), hub);
    await appendFile(file, '0123456789abcdef');
    expect(await readLedger(file, hub)).toEqual([entry('a')]);
    await noteInLedger(file, entry('b'), hub);
    expect(await readLedger(file, hub)).toEqual([entry('a'), entry('b')]);
  });

  it.each([
    ['a changed line', (lines: string[]) => [lines[0]?.replace('child', 'other') ?? '', lines[1] ?? ''], 1],
    ['a line that is gone', (lines: string[]) => [lines[1] ?? ''], 1],
    ['lines in another order', (lines: string[]) => [lines[1] ?? '', lines[0] ?? ''], 1],
    ['a line twice', (lines: string[]) => [lines[0] ?? '', lines[0] ?? ''], 2],
  ])('names %s', async (_what, change, line) => {
    for (const id of ['a', 'b']) await noteInLedger(file, entry(id), hub);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    await writeFile(file, `${change(lines).join('\n')}\n`);
    await expect(readLedger(file, hub)).rejects.toThrow(LedgerBroken);
    await expect(readLedger(file, hub)).rejects.toThrow(`line ${line}:`);
  });

  it("is no other hub's", async () => {
    await noteInLedger(file, entry('a'), hub);
    await expect(readLedger(file, memoryKeyStore())).rejects.toThrow(LedgerBroken);
  });
});
