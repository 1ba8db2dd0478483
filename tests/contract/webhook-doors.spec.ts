import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { nameServers } from '../../apps/worker/tell/lookup.js';
import { poster, type Posted, type Poster } from '../../apps/worker/tell/post.js';
import { isPublic, refusalOf } from '../../libs/notifications/endpoint-address.js';
import { stop } from '../../libs/platform/notifications/delivery-store.js';
import { openNameServer, type NameServer } from '../../libs/testing/http/name-server.js';
import { openReceiver, type Receiver } from '../../libs/testing/http/receiver.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { openDoors, type PortalDoors } from '../acceptance/portal-server.js';

jest.setTimeout(90_000);

describe('registering a webhook', () => {
  let hub: TestHub;
  let doors: PortalDoors;
  beforeAll(async () => {
    hub = await openTestHub();
    await hub.projections.prepare();
    doors = await openDoors(hub);
  }, 60_000);
  afterAll(async () => {
    await doors.close();
    await hub.close();
  });
  const ask = async (method: string, path = '', body?: unknown, system = 'social-care'): Promise<Response> =>
    fetch(`${doors.url}/v1/webhooks${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await doors.token({ who: system, agency: system, roles: ['system'] })}`,
        'hub-purpose': 'safeguarding',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('shows the secret once, and to nobody else that there is an endpoint', async () => {
    const made = await ask('POST', '', { url: 'https://partner.example/hook' });
    expect(made.status).toBe(201);
    const { id, secret } = (await made.json()) as { id: string; secret: string };
    expect(secret).toMatch(/^whsec_/);
    expect(await (await ask('GET')).text()).not.toContain('whsec_');
    expect(await (await ask('GET', '', undefined, 'police')).json()).toEqual({ webhooks: [] });
    for (const act of ['test', 'rotate', 'replay']) {
      const body = act === 'replay' ? {} : undefined;
      expect((await ask('POST', `/${id}/${act}`, body, 'police')).status).toBe(404);
      expect((await ask('POST', `/${id}/${act}`, body)).status).toBeLessThan(300);
    }
    expect((await ask('DELETE', `/${id}`, undefined, 'police')).status).toBe(404);
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    expect((await ask('POST', `/${id}/test`)).status).toBe(404);
  });

  it('promises nothing of one that said it is gone, and lets it be removed and registered again', async () => {
    const url = 'https://partner.example/gone';
    const { id } = (await (await ask('POST', '', { url })).json()) as { id: string };
    await stop(hub.database, { id });
    for (const act of ['test', 'replay']) {
      const answer = await ask('POST', `/${id}/${act}`, act === 'replay' ? {} : undefined);
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ type: '/problems/webhook-gone' });
    }
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    expect((await ask('POST', '', { url })).status).toBe(201);
  });

  it.each<[string, string, unknown]>([
    ['no address', '', {}],
    ['one on this machine', '', { url: 'https://127.0.0.1/hook' }],
    ['one without encryption', '', { url: 'http://partner.example/hook' }],
    ['a number', '', { url: 7 }],
    ['more than an address', '', { url: 'https://partner.example/', secret: 'mine' }],
  ])('refuses %s with a problem document that does not repeat it', async (_, path, body) => {
    const answer = await ask('POST', path, body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.text()).not.toMatch(/127\.0|partner\.example|mine/);
  });
});

describe('where a webhook may go', () => {
  it.each([
    ['http://partner.example/hook'],
    ['https://user:secret@partner.example/hook'],
    ['https://127.0.0.1/'],
    ['https://10.0.0.8/'],
    ['https://169.254.169.254/latest'],
    ['https://[::1]/'],
    ['https://[fe80::1]/'],
    ['https://[::ffff:10.0.0.8]/'],
    ['https://[64:ff9b::a00:8]/'],
    ['https://[::127.0.0.1]/'],
    ['https://[fd00::8]/'],
    ['https://2130706433/'],
    ['https://partner.example/#part'],
    ['ftp://partner.example/'],
    ['nonsense'],
  ])('is not %s', (address) => {
    expect(refusalOf(address, false)).toMatch(/^(is|does|holds)/);
  });

  it('is a public address, or this machine where that is allowed', () => {
    expect(refusalOf('https://partner.example/hook', false)).toBeUndefined();
    expect(refusalOf('http://127.0.0.1:4000/hook', true)).toBeUndefined();
    expect(refusalOf('https://[2606:4700::1111]/hook', false)).toBeUndefined();
    expect(isPublic('192.168.1.4', true)).toBe(false);
  });

  it('is not a name that leads to this machine: it is refused when it is looked up', async () => {
    const receiver = await openReceiver();
    const strict = poster(false, 500);
    const url = receiver.url.replace('http://127.0.0.1', 'https://localhost');
    expect(await strict.post({ url, secrets: ['whsec_AAAA'] }, { id: 'a', body: '{}' }, Date.now())).toBe('away');
    expect(receiver.came).toEqual([]);
    await strict.close();
    await receiver.close();
  });

  describe('by name', () => {
    let receiver: Receiver;
    let names: NameServer;
    let sender: Poster;
    const endpoint = (name: string) => ({
      url: receiver.url.replace('127.0.0.1', name),
      secrets: ['whsec_AAAA'],
    });
    const post = async (name: string): Promise<Posted> =>
      sender.post(endpoint(name), { id: name, body: '{}' }, Date.now());
    beforeEach(async () => {
      [receiver, names] = await Promise.all([openReceiver(), openNameServer()]);
      sender = poster(true, 40_000, nameServers([names.address]));
    });
    afterEach(async () => {
      await sender.close();
      await Promise.all([receiver.close(), names.close()]);
    });

    it('is looked up for each message, and refused from the moment that it leads inwards', async () => {
      names.answer = () => ['127.0.0.1'];
      expect(await post('partner.example')).toBe('arrived');
      names.answer = () => ['10.0.0.8'];
      expect(await post('partner.example')).toBe('away');
      names.answer = () => ['127.0.0.1', '169.254.169.254'];
      expect(await post('partner.example')).toBe('away');
      names.answer = () => [];
      expect(await post('partner.example')).toBe('away');
      names.answer = () => ['127.0.0.1'];
      expect(await post('partner.example')).toBe('arrived');
      expect(receiver.came).toHaveLength(2);
    });

    it('waits for nobody whose own name server does not answer', async () => {
      const silent = Array.from({ length: 20 }, (_, n) => `silent-${n}.example`);
      names.answer = (name) => (name.startsWith('silent') ? undefined : ['127.0.0.1']);
      const hanging = silent.map(async (name) => post(name));
      for (const until = Date.now() + 45_000; !silent.every((name) => names.asked.includes(name));) {
        if (Date.now() > until) throw new Error(`only ${new Set(names.asked).size} names were asked for at once`);
        await setImmediate();
      }
      expect(await post('partner.example')).toBe('arrived');
      names.answer = () => [];
      names.release();
      expect(new Set(await Promise.all(hanging))).toEqual(new Set(['away']));
    });
  });
});
