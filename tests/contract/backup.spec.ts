import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeBackup } from '../../apps/ops/backup/backup.js';
import { restore } from '../../apps/ops/backup/restore.js';
import { eraseChild } from '../../apps/ops/erase/erase.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { anchorAudit } from '../../libs/platform/audit/anchored.js';
import { appendLooks } from '../../libs/platform/audit/append.js';
import { readConfig, type Config } from '../../libs/platform/config.js';
import { markRestoring, Restoring } from '../../libs/platform/database/restoring.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { factsShown } from '../../libs/testing/hub/shown.js';
import { emptyDatabases, testDatabases, type TestDatabases } from '../../libs/testing/postgres/databases.js';
import { childOf, keepIn, missing } from './told-to-a-hub.js';

const marks = ['Fennimoor', '9990001014', '2024/0004101', 'nominal-70101', '870101', 'CV-2041'];
const masterKey = Buffer.alloc(32, 5).toString('base64');
const told = '2026-05-01T12:00:00Z';

describe('a backup, taken while partners publish, restored into empty databases', () => {
  let folder: string;
  let source: TestDatabases;
  let parts: OpenedParts;
  let before: Awaited<ReturnType<typeof factsShown>>;
  const targets: TestDatabases[] = [];
  const at = (...names: string[]): string => join(folder, ...names);
  const halves = { data: '', keys: '' };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-backup-'));
    Object.assign(halves, { data: at('one', 'data'), keys: at('two', 'keys') });
    source = await testDatabases();
    parts = await openParts(configOf(source), createLogger('silent'));
    await keep(childhood(told));
    await keep([missing('nominal-90909', 'MR-other')]);
    await drain(parts);
    before = await factsShown(parts);

    const load = { over: false, published: 0, looks: 0 };
    const publishing = Promise.all([publish(load), look(load)]);
    try {
      await takeBackup(parts, halves, () => undefined);
    } finally {
      load.over = true;
      await publishing;
    }
    expect(Math.min(load.published, load.looks)).toBeGreaterThan(1);
    // After it: a message about the child that no backup holds, then the erasure.
    await keep([missing('nominal-70101', 'MR-after-the-backup')]);
    await drain(parts);
    await eraseChild(
      {
        child: await childOf(parts, 'nominal-70101'),
        reason: 'asked for',
        who: 'test',
        despiteHold: 'a test childhood',
      },
      parts,
    );
  });
  afterAll(async () => {
    await parts.close();
    await source.drop();
    for (const target of targets) await target.drop();
    await rm(folder, { recursive: true });
  });

  it('shows nothing of any child in either half', async () => {
    for (const half of [halves.data, halves.keys]) {
      for (const file of await readdir(half)) {
        const bytes = await readFile(join(half, file));
        expect({ file, found: marks.filter((mark) => bytes.includes(mark)) }).toEqual({ file, found: [] });
      }
    }
    expect(await readFile(at('ledger'), 'utf8')).not.toMatch(new RegExp(marks.join('|')));
  });

  it('is whole, verifies, shows other children as before, and keeps the erased child erased', async () => {
    const { config, restored } = await restoredHub();
    expect(restored).toMatchObject({ erasedAgain: 1, verified: { problems: [] } });
    await within(config, async (hub) => {
      const after = await factsShown(hub);
      const others = before.filter(
        ({ record }) => record.includes('90909') || record.includes('702') || record.includes('703'),
      );
      expect(others.length).toBeGreaterThan(1);
      expect(after).toEqual(expect.arrayContaining(others));
      expect(after.some(({ record }) => marks.some((mark) => record.includes(mark)))).toBe(false);

      expect(JSON.stringify(before)).toContain('MR-');
      // The backup may hold a message that was in hand: it is recorded once its lease is over, after a slow restore at once.
      await hub.database.query(`update queue set lease_until = null`);
      await drain(hub);
      // Partners send again what they sent, the message after the backup too: it brings nothing of the child back.
      const head = await hub.log.head();
      await keep([...childhood(told), missing('nominal-70101', 'MR-after-the-backup')], hub);
      await drain(hub);
      expect(await hub.log.head()).toBe(head);
      await expect(childOf(hub, 'nominal-70101')).rejects.toThrow('no record');
      // And the next message of anybody else is taken in as ever.
      await keep([missing('nominal-90909', 'MR-next')], hub);
      await drain(hub);
      expect(await hub.log.head()).toBe((head ?? 0n) + 1n);
    });
  });

  it('carries every table that is not made anew, whoever added it', async () => {
    const names = await tablesBackedUp();
    expect(names).toEqual(expect.arrayContaining(['audit', 'erasures', 'links', 'log_events', 'messages', 'receipts']));
    expect(names.filter((name) => /^(sessions|projection.*|(timeline|caseload)_\d+)$/.test(name))).toEqual([]);
  });

  it('says that the master key is another one before it touches anything', async () => {
    await refused(
      { HUB_MASTER_KEY: Buffer.alloc(32, 6).toString('base64') },
      {},
      /made under the master key [0-9a-f]{12}; the one given is [0-9a-f]{12}/,
    );
  });

  it.each([
    ['a damaged file, by its name', 'data', 'log_events.copy', /data\/log_events\.copy is damaged/],
    ['a damaged key file', 'keys', 'data_keys.copy', /keys\/data_keys\.copy is damaged/],
    ['a changed manifest', 'data', 'manifest.json', /manifest\.json was changed/],
  ] as const)('names %s', async (_what, half, file, message) => {
    const damaged = at(`damaged-${file}`, half);
    await cp(halves[half], damaged, { recursive: true });
    const bytes = await readFile(join(damaged, file));
    // One bit: in the manifest, of the year it was taken in.
    const place = file === 'manifest.json' ? bytes.indexOf('"takenAt": "') + 12 : Math.floor(bytes.length / 2);
    bytes[place] = bytes[place]! ^ 1;
    await writeFile(join(damaged, file), bytes);
    await refused({}, { [half]: damaged }, message);
  });

  it('refuses the halves of two backups, halves swapped, and a folder that is none', async () => {
    const other = { data: at('three', 'data'), keys: at('four', 'keys') };
    await takeBackup(parts, other, () => undefined);
    await refused({}, { keys: other.keys }, /belong to different ones/);
    await refused({}, { keys: halves.data }, /holds the data of a backup, where its keys should be/);
    await refused({}, { data: at('nowhere') }, /is not a backup/);
  });

  it('refuses a schema that is newer than this version, and says which', async () => {
    await parts.database.query(`insert into schema_migrations (name, run_on) values ('9999_later', now())`);
    const newer = { data: at('newer', 'data'), keys: at('newer-keys', 'keys') };
    await takeBackup(parts, newer, () => undefined);
    await parts.database.query(`delete from schema_migrations where name = '9999_later'`);
    await refused({}, newer, /schema 9999_later, which this version of the hub does not know/);
  });

  it('refuses a database with anything in it, and a ledger that is older than the backup or was changed', async () => {
    const there = restore({ ...halves, ledgers: [at('ledger')] }, configOf(source), () => undefined);
    await expect(there).rejects.toThrow(/is not empty/);

    const later = { data: at('five', 'data'), keys: at('six', 'keys') };
    await takeBackup(parts, later, () => undefined);
    await writeFile(at('empty-ledger'), '');
    await refused({}, { ...later, ledgers: [at('empty-ledger')] }, /older than the backup/);
    const ledger = await readFile(at('ledger'), 'utf8');
    await writeFile(at('changed-ledger'), ledger.replace('"who":"test"', '"who":"nobody"'));
    await refused({}, { ledgers: [at('changed-ledger')] }, /line 1: changed/);
  });

  it('refuses one place for both halves unless told, and a folder that is there already', async () => {
    const near = { data: at('near', 'data'), keys: at('near', 'keys') };
    await expect(takeBackup(parts, near, () => undefined)).rejects.toThrow(/lie in one place/);
    await expect(takeBackup(parts, { ...near, keys: near.data, together: true }, () => undefined)).rejects.toThrow(
      /one folder/,
    );
    await expect(takeBackup(parts, { ...near, keys: join(near.data, 'keys') }, () => undefined)).rejects.toThrow(
      /in one place/,
    );
    await expect(takeBackup(parts, halves, () => undefined)).rejects.toThrow(/is there already/);
    await takeBackup(parts, { ...near, together: true }, () => undefined);
  });

  it('a restore that was broken off leaves no hub to start, and begins anew when it is run again', async () => {
    const target = await emptyTarget();
    const config = configOf(target);
    let steps = 0;
    const broken = restore({ ...halves, ledgers: [at('ledger')] }, config, (step) => {
      if (step === 'rebuild' && ++steps === 1) throw new Error('broken off');
    });
    await expect(broken).rejects.toThrow('broken off');
    await expect(openParts(config, createLogger('silent'))).rejects.toThrow(Restoring);
    await markRestoring(target.hub);
    const restored = await restore({ ...halves, ledgers: [at('ledger')] }, config, () => undefined);
    expect(restored.verified.problems).toEqual([]);
    await within(config, async (hub) => expect((await factsShown(hub)).length).toBeGreaterThan(30));
  });

  function configOf(databases: TestDatabases, more: Record<string, string> = {}): Config {
    return readConfig({
      DATABASE_URL: databases.hub,
      KEYS_DATABASE_URL: databases.keys,
      HUB_DATA: at('hub'),
      HUB_ERASURE_LEDGER: at('ledger'),
      HUB_MASTER_KEY: masterKey,
      ...more,
    });
  }

  async function emptyTarget(): Promise<TestDatabases> {
    const target = await emptyDatabases();
    targets.push(target);
    return target;
  }

  async function restoredHub() {
    const config = configOf(await emptyTarget());
    return { config, restored: await restore({ ...halves, ledgers: [at('ledger')] }, config, () => undefined) };
  }

  async function refused(
    environment: Record<string, string>,
    request: { data?: string; keys?: string; ledgers?: string[] },
    message: RegExp,
  ): Promise<void> {
    const config = configOf(await emptyTarget(), environment);
    await expect(restore({ ...halves, ledgers: [at('ledger')], ...request }, config, () => undefined)).rejects.toThrow(
      message,
    );
  }

  async function tablesBackedUp(): Promise<string[]> {
    const [text] = (await readFile(join(halves.data, 'manifest.json'), 'utf8')).split(/\n(?=[0-9a-f]{64}\n$)/);
    return (JSON.parse(text ?? '') as { tables: { name: string }[] }).tables.map(({ name }) => name);
  }

  async function within(config: Config, work: (hub: OpenedParts) => Promise<void>): Promise<void> {
    const hub = await openParts(config, createLogger('silent'));
    try {
      await work(hub);
    } finally {
      await hub.close();
    }
  }

  const keep = async (tellings: readonly Telling[], hub = parts): Promise<void> => keepIn(hub, tellings);

  /** Looks go on, and are anchored in the key store: a backup must not take an anchor that is ahead of its looks. */
  async function look(load: { over: boolean; looks: number }): Promise<void> {
    while (!load.over) {
      load.looks += 1;
      const [what, details, correlationId] = ['timeline.read', {}, crypto.randomUUID()];
      const look = { who: 'test', agency: 'yos', roles: [], purpose: 'audit', outcome: 'shown' as const };
      await appendLooks(parts.database, parts.keys, [{ ...look, at: told, what, details, correlationId }]);
      await anchorAudit(parts.database, parts.keys);
    }
  }

  async function publish(load: { over: boolean; published: number }): Promise<void> {
    while (!load.over) {
      load.published += 1;
      await keep([missing(`nominal-8${load.published % 7}`, `MR-load-${load.published}`)]);
      await drain(parts);
    }
  }
});
