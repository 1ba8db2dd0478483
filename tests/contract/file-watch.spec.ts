import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readdir, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { missingReturn } from '../../libs/simulations/missing-return.js';
import { rowsIn, startDropping, type Dropping } from './dropped.js';

/** `hub watch`: what is dropped in a folder goes to the hub and is put away. */
describe('hub watch', () => {
  let drop: Dropping;
  let folder: string;
  let watchers: ChildProcess[];
  const incoming = (name: string): string => join(folder, 'social-care', 'incoming', name);
  beforeAll(async () => {
    drop = await startDropping();
    folder = join(drop.folder, 'drop');
    for (const name of ['incoming', 'done', 'rejected'])
      await mkdir(join(folder, 'social-care', name), { recursive: true });
    watchers = [watcher(), watcher()];
  }, 120_000);
  afterAll(async () => {
    for (const one of watchers.filter(({ exitCode }) => exitCode === null)) {
      one.kill('SIGTERM');
      await once(one, 'exit');
    }
    expect(watchers.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    await drop.stop();
  });

  function watcher(): ChildProcess {
    const { HUB_DATA, PORT } = drop.environment;
    const env = { ...process.env, NODE_OPTIONS: '', HUB_DATA, PORT };
    return spawn(process.execPath, ['dist/apps/ops/hub.js', 'watch', folder, '--settle', '2', '--json'], { env });
  }

  const files = async (which: 'incoming' | 'done' | 'rejected'): Promise<string[]> => {
    const names = await readdir(join(folder, 'social-care', which));
    return names.map((name) => name.replace(/^\d{4}-\d\d-\d\dT[\d.]+Z\./, '')).toSorted();
  };
  const until = async (isIt: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + 45_000;
    while (!(await isIt())) {
      if (Date.now() > end) throw new Error('it did not come about in time');
      await sleep(100);
    }
  };
  const episodes = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => {
      return { child: String(from + at), birthDate: '2010-05-06', kind: 'M' as const, start: '2026-01-30' };
    });

  it('two watchers take a file once and put it away with its receipts', async () => {
    const [messages, events] = [await drop.messages(), await drop.events()];
    await writeFile(incoming('missing.csv'), missingReturn(episodes(600_000, 510)));
    await until(async () => (await files('done')).length === 2);
    expect(await files('done')).toEqual(['missing.csv', 'missing.csv.receipts.ndjson']);
    // The slower of the two finds the file taken, and clears away what it had begun to write.
    await until(async () => (await files('incoming')).length === 0);
    expect([await drop.messages(), await drop.events()]).toEqual([messages + 2, events + 510]);
    const receipts =
      (await readdir(join(folder, 'social-care', 'done'))).find((name) => name.endsWith('.ndjson')) ?? '';
    const rows = await rowsIn(join(folder, 'social-care', 'done', receipts));
    expect(rows.map(({ place, outcome }) => `${place} ${outcome}`)).toEqual(
      Array.from({ length: 510 }, (_, at) => `row ${at + 2} recorded`),
    );
  });

  it('what cannot be read is rejected with a reason and disturbs nothing else; links and folders are left alone', async () => {
    const done = (await files('done')).length;
    await symlink('/etc/hostname', incoming('link.csv'));
    await mkdir(incoming('folder.csv'));
    await writeFile(incoming('a broken.csv'), Buffer.from([0, 1, 2, 3]));
    await writeFile(incoming('b good.csv'), missingReturn(episodes(610_000, 2)));
    await until(async () => (await files('rejected')).length === 2 && (await files('done')).length === done + 2);
    expect(await files('rejected')).toEqual(['a broken.csv', 'a broken.csv.reason.json']);
    // The slower of the two watchers may still be on its way to find them taken.
    await until(async () => (await files('incoming')).length === 2);
    expect(await files('incoming')).toEqual(['folder.csv', 'link.csv']);
  });

  it('a file that is still being written is left until it is whole', async () => {
    const done = (await files('done')).length;
    const events = await drop.events();
    const rows = missingReturn(episodes(620_000, 9)).split('\r\n').slice(0, -1);
    await writeFile(incoming('late.csv'), '');
    for (const row of rows) {
      await appendFile(incoming('late.csv'), `${row}\r\n`);
      // Often enough for a busy machine, and together longer than a file has to be still.
      await sleep(300);
      expect((await files('done')).length).toBe(done);
    }
    await writeFile(incoming('unfinished.csv.part'), missingReturn(episodes(630_000, 1)));
    await until(async () => (await files('done')).length === done + 2);
    expect(await drop.events()).toBe(events + 9);
    expect(await files('incoming')).toContain('unfinished.csv.part');
    await rename(incoming('unfinished.csv.part'), incoming('finished.csv'));
    await until(async () => (await drop.events()) === events + 10);
  });

  it('a system nobody knows keeps its files where they are, and disturbs nobody', async () => {
    await mkdir(join(folder, 'nobody', 'incoming'), { recursive: true });
    await writeFile(join(folder, 'nobody', 'incoming', 'a.csv'), missingReturn(episodes(640_000, 1)));
    const events = await drop.events();
    await sleep(1_500);
    await writeFile(incoming('after.csv'), missingReturn(episodes(650_000, 1)));
    await until(async () => (await drop.events()) === events + 1);
    expect(await readdir(join(folder, 'nobody', 'incoming'))).toContain('a.csv');
  });

  it('--once takes what is there and ends: 1 when something is wrong', async () => {
    const other = join(drop.folder, 'other');
    await mkdir(join(other, 'social-care', 'incoming'), { recursive: true });
    await writeFile(join(other, 'social-care', 'incoming', 'a.csv'), missingReturn(episodes(660_000, 1)));
    expect((await drop.run('watch', other, '--once', '--settle', '0')).code).toBe(0);
    await writeFile(join(other, 'social-care', 'incoming', 'b.csv'), 'ONE,TWO\n1,2\n');
    expect((await drop.run('watch', other, '--once', '--settle', '0')).code).toBe(1);
    expect((await drop.run('watch', join(other, 'nowhere'), '--once')).code).toBe(2);
    expect((await drop.run('watch', other, '--settle', 'soon')).code).toBe(2);
  });

  it('what a killed watcher had begun to write is cleared away a day later, and nothing of anybody else', async () => {
    const other = join(drop.folder, 'killed', 'social-care', 'incoming');
    await mkdir(other, { recursive: true });
    const old = ['.a.csv.0123abcd.receipts.ndjson.77.part', '.a.csv.0123abcd.receipts.ndjson'];
    const kept = ['.a.csv', '.a.csv.receipts.ndjson.77.part', '.b.csv.89abcdef.receipts.ndjson.78.part', 'c.csv.part'];
    for (const name of [...old, ...kept]) {
      await writeFile(join(other, name), '');
      const daysAgo = name.startsWith('.b') ? 0.9 : 1.1;
      await utimes(join(other, name), new Date(), new Date(Date.now() - daysAgo * 86_400_000));
    }
    expect((await drop.run('watch', join(drop.folder, 'killed'), '--once')).code).toBe(0);
    expect((await readdir(other)).toSorted()).toEqual(kept.toSorted());
  });
});
