import { request, type ClientRequest } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbedded } from '../../libs/platform/database/embedded.js';
import { Browser } from '../../libs/testing/http/browser.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { hubCommand } from '../../libs/testing/hub/command.js';
import { startHubProcess, tokenFrom, type HubProcess } from '../../libs/testing/hub/process.js';

const within = 3_000;

describe('a credential revoked, on two instances of one hub', () => {
  let data: string;
  let hubs: readonly [HubProcess, HubProcess];
  let urls: readonly [string, string];
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'hub-revoked-'));
    const ports = [await freePort(), await freePort()] as const;
    // One address for both, as behind a balancer: so both take the issuer's tokens.
    const environment = { HUB_DEMO: 'false', HUB_URL: `http://localhost:${ports[0]}` };
    const first = await startHubProcess(data, ports[0], environment);
    hubs = [first, await startHubProcess(data, ports[1], environment)];
    urls = [hubs[0].url, hubs[1].url];
  }, 120_000);
  afterAll(async () => {
    for (const hub of hubs) await hub.stop();
    await (await startEmbedded(join(data, 'postgres'))).stop();
    await rm(data, { recursive: true, force: true });
  });
  const credentials = async (...words: string[]) => hubCommand({ HUB_DATA: data }, ['credentials', ...words]);

  it('ends what a system may do at once; what was acknowledged, or was on its way in, is processed', async () => {
    const stolen = await tokenFrom(urls[0], 'police');
    const receipt = await receiptOf(await publish(urls[0], stolen, 'before'));
    expect((await publish(urls[1], stolen, 'before-there')).status).toBe(202);
    const inFlight = slowBatch(urls[0], stolen, [messageOf('in-flight-1'), messageOf('in-flight-2')]);
    await inFlight.begun;

    expect(await credentials('revoke', 'police', '--reason', 'laptop stolen')).toMatchObject({ code: 0 });
    for (const url of urls) {
      const refused = await eventually(
        () => publish(url, stolen, `after-${url}`),
        ({ status }) => status === 401,
      );
      expect(refused.headers.get('content-type')).toBe('application/problem+json');
      expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
      expect(await refused.json()).toMatchObject({ type: '/problems/credential-revoked', status: 401 });
    }
    const finished = await inFlight.finish();
    expect(finished).toMatchObject({ status: 202, receipts: 2 });

    // Only who holds a good token, or the secret, hears of it.
    const forged = `${stolen.slice(0, -8)}AAAAAAAA`;
    expect(await (await publish(urls[0], forged, 'forged')).text()).not.toContain('revoked');
    expect(await (await tokenRequest(urls[0], 'police', 'a wrong secret')).text()).not.toContain('revoked');
    const noNew = await tokenRequest(urls[1], 'police', 'police-secret');
    expect({ status: noNew.status, ...((await noNew.json()) as object) }).toMatchObject({
      status: 400,
      error: 'unauthorized_client',
      error_description: expect.stringContaining('revoked'),
    });
    // Nobody else is touched.
    expect((await readReceipts(urls[0], await tokenFrom(urls[0], 'court'))).status).toBe(200);

    expect(await credentials('restore', 'police', '--reason', 'new secret given out')).toMatchObject({ code: 0 });
    const fresh = await eventually(
      () => tokenRequest(urls[1], 'police', 'police-secret'),
      ({ status }) => status === 200,
    );
    await fresh.text();
    // A token counts in whole seconds: one of the second of the restoring is refused.
    await sleep(1_100);
    const token = await tokenFrom(urls[0], 'police');
    for (const url of urls) {
      const again = await eventually(
        () => publish(url, token, `restored-${url}`),
        ({ status }) => status === 202,
      );
      expect(await receiptOf(again)).toMatch(/^[0-9a-f-]{36}$/);
      expect((await publish(url, stolen, 'still')).status).toBe(401);
    }
    const { receipts } = await eventually(
      async () => (await (await readReceipts(urls[0], token)).json()) as { receipts: { id: string; status: string }[] },
      ({ receipts: all }) => all.length > 0 && all.every(({ status }) => status === 'recorded'),
    );
    expect(receipts.map(({ id }) => id)).toContain(receipt);
    expect(receipts).toHaveLength(6);
  }, 60_000);

  it("ends a person's portal session at once, on every instance, and lets them in again once restored", async () => {
    const browser = new Browser();
    const page = await browser.signIn(urls[0], 'casey.manager');
    expect({ status: page.status, path: new URL(page.url).pathname }).toEqual({ status: 200, path: '/children' });

    expect(await credentials('revoke', '--person', 'casey.manager', '--reason', 'left the service')).toMatchObject({
      code: 0,
    });
    await eventually(
      async () => new URL((await browser.go(`${urls[0]}/children`)).url).pathname,
      (path) => path !== '/children',
    );
    const other = await new Browser().signIn(urls[0], 'terry.lead');
    expect(new URL(other.url).pathname).toBe('/children');
    const refused = await new Browser().signIn(urls[0], 'casey.manager');
    expect(new URL(refused.url).pathname).not.toBe('/children');

    expect(await credentials('restore', '--person', 'casey.manager', '--reason', 'a mistake')).toMatchObject({
      code: 0,
    });
    await sleep(1_100);
    await eventually(
      async () => new URL((await new Browser().signIn(urls[0], 'casey.manager')).url).pathname,
      (path) => path === '/children',
    );
  }, 60_000);

  it('keeps who did it, when and why, does nothing twice, and says what it cannot do', async () => {
    const { stdout } = await credentials('list', '--history', '--json');
    const { credentials: done } = JSON.parse(stdout) as { credentials: object[] };
    expect(done).toEqual([
      expect.objectContaining({ kind: 'person', subject: 'casey.manager', action: 'restored', reason: 'a mistake' }),
      expect.objectContaining({
        kind: 'person',
        subject: 'casey.manager',
        action: 'revoked',
        who: expect.stringMatching(/^operator:/),
      }),
      expect.objectContaining({
        kind: 'system',
        subject: 'police',
        action: 'restored',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
      }),
      expect.objectContaining({ kind: 'system', subject: 'police', action: 'revoked', reason: 'laptop stolen' }),
    ]);
    const again = await credentials('restore', 'police', '--reason', 'once more');
    expect(again.stdout).toContain('already: nothing was changed');
    expect((await credentials('revoke', '--reason', 'nobody')).code).toBe(2);
    expect((await credentials('revoke', 'police', '--person', 'x', '--reason', 'both')).code).toBe(2);
    expect((await credentials('revoke', 'police')).code).toBe(2);
    const unknown = await credentials('revoke', 'polcie', '--reason', 'a slip of the pen');
    expect(unknown).toMatchObject({ code: 1, stdout: expect.stringContaining('no message ever came') });
    const logged = hubs.flatMap((hub) => hub.output().split('\n')).filter((line) => line.startsWith('{'));
    expect(logged.filter((line) => line.includes('credential revoked'))).toHaveLength(6);
    expect(logged.join('\n')).not.toContain('casey');
  }, 60_000);
});

const messageOf = (id: string): object => ({
  specversion: '1.0',
  id,
  source: 'police',
  type: 'hub.police.v1.MissingReported',
  subject: 'nominal-1',
  time: '2026-03-01T22:10:00Z',
  datacontenttype: 'application/json',
  data: { reportReference: id, risk: 'RISK_GRADE_LOW' },
});

async function publish(url: string, token: string, id: string): Promise<Response> {
  return fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(messageOf(id)),
  });
}

async function receiptOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { receipts: { id: string }[] }).receipts[0]?.id;
}

async function readReceipts(url: string, token: string): Promise<Response> {
  return fetch(`${url}/v1/receipts`, { headers: { authorization: `Bearer ${token}` } });
}

async function tokenRequest(url: string, system: string, secret: string): Promise<Response> {
  return fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${system}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'publish' }),
  });
}

/** A batch whose end is held back until it is asked for. */
function slowBatch(url: string, token: string, messages: readonly object[]) {
  const body = Buffer.from(JSON.stringify(messages));
  const answered = Promise.withResolvers<{ status: number | undefined; receipts: number }>();
  const begun = Promise.withResolvers<void>();
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/cloudevents-batch+json',
    'content-length': body.length,
  };
  const call: ClientRequest = request(`${url}/v1/events`, { method: 'POST', headers }, (response) => {
    let text = '';
    response.on('data', (piece: Buffer) => (text += piece.toString()));
    response.on('end', () => {
      const receipts = (JSON.parse(text) as { receipts?: unknown[] }).receipts?.length ?? 0;
      answered.resolve({ status: response.statusCode, receipts });
    });
  });
  call.on('error', answered.reject);
  // Long enough on its way that the door has read its head.
  call.write(body.subarray(0, 50), () => void sleep(300).then(begun.resolve));
  return {
    begun: begun.promise,
    finish: async () => {
      call.end(body.subarray(50));
      return answered.promise;
    },
  };
}

async function eventually<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    if (Date.now() > until) throw new Error('it did not come about in time');
    await sleep(50);
  }
}
