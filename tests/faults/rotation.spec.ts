import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmbedded } from '../../libs/platform/database/embedded.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { hubCommand } from '../../libs/testing/hub/command.js';
import { startHubProcess, tokenFrom, type HubProcess } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';

const spare = 30_000;

describe('the master key rotated under load, and the rotation killed in the middle', () => {
  let data: string;
  let port: number;
  let hub: HubProcess;
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const onlyOld = { HUB_MASTER_KEY: old.toString('base64') };
  const both = { HUB_MASTER_KEY: next.toString('base64'), HUB_MASTER_KEY_PREVIOUS: old.toString('base64') };
  const onlyNext = { HUB_MASTER_KEY: next.toString('base64'), HUB_MASTER_KEY_PREVIOUS: '' };

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'hub-rotation-'));
    port = await freePort();
    hub = await start(onlyOld);
  });
  afterEach(async () => {
    await hub.kill();
    await (await startEmbedded(join(data, 'postgres'))).stop();
    await rm(data, { recursive: true, force: true });
  });
  const start = async (keys: NodeJS.ProcessEnv) => startHubProcess(data, port, { HUB_DEMO: 'false', ...keys });
  const command = async (keys: NodeJS.ProcessEnv, ...words: string[]) =>
    hubCommand({ HUB_DATA: data, PORT: String(port), ...keys }, words);

  it('loses no message, goes on where it was, and the old key is refused afterwards', async () => {
    const url = await (await startEmbedded(join(data, 'postgres'))).database('hub_keys');
    const store = await openKeyStore({ url, masterKey: old });
    await store.take(spare);
    await store.close();

    // The hub that knows the old key alone would be left with keys it cannot open: nothing happens while it runs.
    const refused = await command(both, 'keys', 'rotate');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('running processes') });
    await hub.stop();
    hub = await start(both);

    const load = { over: false };
    const published = publish(hub.url, await tokenFrom(hub.url, 'police'), load);
    const killed = await hubCommand({ HUB_DATA: data, ...both }, ['keys', 'rotate'], (child, said) => {
      if (/rotate: \d+ of/.test(said)) child.kill('SIGKILL');
    });
    expect(killed.code).toBeNull();
    const half = JSON.parse((await command(both, 'keys', 'status', '--json')).stdout) as {
      keys: number;
      others: object;
    };
    expect(half.keys).toBeGreaterThan(0);
    expect(Object.keys(half.others)).toHaveLength(1);

    const rotated = await command(both, 'keys', 'rotate', '--json');
    expect(JSON.parse(rotated.stdout)).toMatchObject({ others: {} });
    load.over = true;
    const acknowledged = await published;
    expect(acknowledged).toBeGreaterThan(0);

    await hub.stop();
    const wrong = await command(onlyOld, 'verify');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('HUB_MASTER_KEY is not the key') });
    await expect(start(onlyOld)).rejects.toThrow('HUB_MASTER_KEY is not the key');

    hub = await start(onlyNext);
    const verified = await command(onlyNext, 'verify', '--json');
    const found = JSON.parse(verified.stdout) as { receipts: number; problems: unknown[]; erasedReceipts: number };
    expect(found).toMatchObject({ problems: [], erasedReceipts: 0, receipts: acknowledged });
  }, 120_000);
});

/** One message after another; resolves to how many were acknowledged once the load is over. */
async function publish(url: string, token: string, load: { over: boolean }): Promise<number> {
  let acknowledged = 0;
  while (!load.over) {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        id: `m-${acknowledged}`,
        source: 'police',
        type: 'hub.police.v1.MissingReported',
        subject: `nominal-${acknowledged % 20}`,
        time: '2026-03-01T22:10:00Z',
        datacontenttype: 'application/json',
        data: { reportReference: `m-${acknowledged}`, risk: 'RISK_GRADE_LOW' },
      }),
    });
    expect(response.status).toBe(202);
    acknowledged += 1;
  }
  return acknowledged;
}
