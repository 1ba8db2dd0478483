import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SaidToBeWrongSchema } from '../../libs/contracts/gen/hub/record/v1/record_pb.js';
import { messageOf } from '../../libs/platform/annotations/saying.js';
import { readConfig } from '../../libs/platform/config.js';
import { openParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { startHubProcess, type HubProcess } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Each command is a process that starts: on a machine that is busy with other tests, twenty of them take minutes.
jest.setTimeout(300_000);

/** The `hub` command line as an operator runs it, beside a running hub with the demonstration in it. */
describe('hub', () => {
  let data: string;
  let port: number;
  let running: HubProcess;
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'hub-cli-'));
    port = await freePort();
    running = await startHubProcess(data, port);
    await answered(
      async () => (await json('quarantine', 'list')) as { entries: unknown[] },
      ({ entries }) => entries.length > 0,
    );
  }, 120_000);
  afterAll(async () => {
    await running.stop();
    await rm(data, { recursive: true, force: true });
  });

  it('verify: 0 and everything holds', async () => {
    const { code, stdout } = await hub('verify');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('everything holds') });
  });

  it('quarantine: lists, shows with the place and without the message, retries, closes', async () => {
    const { entries } = (await json('quarantine', 'list')) as { entries: { receipt: string }[] };
    const receipt = entries[0]?.receipt ?? '';
    const shown = await hub('quarantine', 'show', receipt);
    expect(shown.stdout).toContain('/data/reportReference');
    expect(shown.stdout).not.toContain('Fennimoor');
    expect((await hub('quarantine', 'show', receipt, '--body')).stdout).toContain('Fennimoor');
    expect((await hub('quarantine', 'show', receipt, '--why', 'curiosity')).code).toBe(2);
    // Each of the two was a look, in the chain of the audit.
    expect((await json('verify')) as { looks: number }).toMatchObject({ looks: 2, problems: [] });

    expect(await json('quarantine', 'retry', receipt, '--reason', 'to see')).toEqual({
      retried: [{ receipt, status: 'quarantined' }],
    });
    expect(await json('quarantine', 'close', receipt, '--reason', 'the force has sent it again')).toEqual({
      closed: [receipt],
    });
    expect(await json('quarantine', 'list')).toMatchObject({ entries: [] });
    expect((await hub('quarantine', 'close', receipt, '--reason', 'again')).code).toBe(2);
  });

  it('requests: lists what was asked of a source without its words, answers it once', async () => {
    const parts = await openParts(readConfig({ HUB_DATA: data }), createLogger('silent'));
    const { rows } = await parts.database.query<{ record: string; fact: string; version: string }>(
      `select record, fact, key as version from timeline where system = 'police' limit 1`,
    );
    const { record: stream = '', fact = '', version = '' } = rows[0] ?? {};
    const by = { who: 'sam.sayer', role: 'case-manager' };
    const said = { fact, version, what: 'It was her sister', by };
    const [kept] = await parts.intake.keep([
      messageOf({
        agency: 'yos',
        messageId: randomUUID(),
        stream,
        schema: SaidToBeWrongSchema,
        said,
        at: new Date().toISOString(),
        correlation: randomUUID(),
      }),
    ]);
    await parts.close();
    const id = kept?.receipt ?? '';
    await answered(
      async () => (await hub('requests', 'list', '--system', 'police')).stdout,
      (stdout) => stdout.includes(id),
    );
    expect((await hub('requests', 'list', '--system', 'police')).stdout).not.toContain('sister');
    expect(await json('requests', 'list', '--system', 'police')).toMatchObject({ requests: [{ id, text: said.what }] });
    expect((await hub('requests', 'list', '--system', 'court')).stdout).toContain('nothing is open');

    const answer = ['requests', 'answer', id, '--system', 'police', '--text', 'By telephone', '--answer'];
    expect((await hub(...answer, 'perhaps')).code).toBe(2);
    expect(await json(...answer, 'stands')).toEqual({ request: id, answer: 'stands' });
    expect((await hub(...answer, 'stands')).code).toBe(0);
    expect((await hub(...answer, 'corrected')).code).toBe(2);
    expect((await hub('requests', 'answer', id, '--system', 'court', '--answer', 'stands')).code).toBe(2);
  });

  it('publish, receipts, token: through the doors', async () => {
    const { token } = (await json('token', 'police')) as { token: string };
    expect(token.split('.')).toHaveLength(3);
    const { receipts } = (await json('receipts', '--system', 'court')) as { receipts: { status: string }[] };
    expect(receipts.length).toBeGreaterThan(0);
    expect((await hub('token', 'nobody')).code).toBe(2);
  });

  it('replay changes nothing that was right', async () => {
    const before = ((await json('verify')) as { events: number }).events;
    const replayed = (await json('replay', '--system', 'police', '--days', '30')) as { replayed: number };
    expect(replayed.replayed).toBeGreaterThan(10);
    expect(((await json('verify')) as { events: number }).events).toBe(before);
  });

  it('rebuild says how far it is, on the error channel', async () => {
    const { code, stdout, stderr } = await hub('rebuild', 'timeline');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^timeline: rebuilt from \d+ events\n$/),
    });
    expect(stderr).toContain('rebuild timeline');
    expect((await hub('rebuild', 'nothing')).code).toBe(2);
  });

  it('refuses what it cannot do with 2 and a sentence, and no stack', async () => {
    for (const call of [
      ['nonsense'],
      ['link', 'a', 'b', '--reason', 'x'],
      ['erase', '00000000-0000-4000-8000-000000000000', '--reason', 'x'],
      ['verify', '--what'],
    ]) {
      const { code, stderr } = await hub(...call);
      expect({ call, code }).toEqual({ call, code: 2 });
      expect(stderr.trim()).not.toBe('');
      expect(stderr).not.toContain('    at ');
    }
  });

  it('retention: says how many held messages are too old, and destroys those', async () => {
    const none = { days: 90, messages: 0 };
    expect(await json('retention', '--dry-run')).toEqual({ ...none, destroyed: false });
    expect(await json('retention')).toEqual({ ...none, destroyed: true });
  });

  it('each command has help, with 0', async () => {
    for (const name of [
      'token',
      'publish',
      'import',
      'watch',
      'receipts',
      'quarantine',
      'records',
      'kept',
      'link',
      'unlink',
      'erase',
      'keys',
      'credentials',
      'backup',
      'restore',
      'rebuild',
      'replay',
      'retention',
      'verify',
      'demo',
    ]) {
      const { code, stdout } = await hub(name, '--help');
      expect({ name, code }).toEqual({ name, code: 0 });
      expect(stdout).toContain('Usage: hub');
    }
  });

  async function json(...words: string[]): Promise<unknown> {
    const { stdout, stderr } = await hub(...words, '--json');
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  }

  function hub(...words: string[]): Promise<Ran> {
    const { promise, resolve } = Promise.withResolvers<Ran>();
    const env = { ...process.env, NODE_OPTIONS: '', HUB_DATA: data, PORT: String(port) };
    execFile(process.execPath, ['dist/apps/ops/hub.js', ...words], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    return promise;
  }
});

async function answered<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!isIt(await ask())) if (Date.now() > end) throw new Error('it did not come about in time');
}
