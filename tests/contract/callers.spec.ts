import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair, type JWTPayload } from 'jose';
import { BATCH, event, STRUCTURED } from './events.js';
import { expectRefused, expectSaysNothing, UUID } from './refusal.js';
import { startGateway, type Answer, type Body, type RunningGateway } from './running-gateway.js';

describe('who a door lets in, and how', () => {
  let gateway: RunningGateway;
  let answers: Answer[];
  beforeAll(async () => {
    gateway = await startGateway();
    answers = [];
  });
  afterAll(async () => {
    expectSaysNothing(answers, gateway.logs);
    await gateway.stop();
  });

  function refused(answer: Answer, status: number, code: string, pointer?: string): void {
    answers.push(answer);
    expectRefused(answer, status, code, pointer);
  }
  const publish = async (body: Body, headers: Record<string, string> = STRUCTURED): Promise<Answer> =>
    gateway.post('police', '/v1/events', headers, body);
  describe('callers', () => {
    const claims = async (): Promise<JWTPayload> => decodeJwt(await gateway.token('police'));
    it.each<[string, () => Promise<string | undefined>]>([
      ['no token', async () => undefined],
      ['another scheme', async () => `Basic ${Buffer.from('police:police-secret').toString('base64')}`],
      ['nonsense', async () => 'Bearer nonsense'],
      ['a token that is not signed', async () => `Bearer ${new UnsecuredJWT(await claims()).encode()}`],
      [
        'a token of a stranger',
        async () => {
          const { privateKey } = await generateKeyPair('ES256');
          return `Bearer ${await new SignJWT(await claims()).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)}`;
        },
      ],
      [
        'a token that was changed',
        async () =>
          `Bearer ${(await gateway.token('police')).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...(await claims()), hub_system: 'court' })).toString('base64url')}.`)}`,
      ],
    ])('with %s are asked to sign in', async (_, authorization) => {
      const value = await authorization();
      for (const [method, path] of [
        ['POST', '/v1/events'],
        ['POST', '/v1/native/police'],
        ['GET', '/v1/receipts'],
        ['GET', `/v1/receipts/${randomUUID()}`],
      ] as const) {
        const answer = await gateway.send(
          method,
          path,
          { ...STRUCTURED, ...(value === undefined ? {} : { authorization: value }) },
          method === 'POST' ? JSON.stringify(event()) : undefined,
        );
        refused(answer, 401, 'unauthorised', 'Authorization');
        expect(answer.headers.get('www-authenticate')).toContain('Bearer realm=');
      }
    });

    it('without the scope may not publish', async () => {
      const authorization = `Bearer ${await gateway.token('police', 'read')}`;
      const answer = await gateway.send(
        'POST',
        '/v1/events',
        { ...STRUCTURED, authorization },
        JSON.stringify(event()),
      );
      refused(answer, 403, 'insufficient-scope');
      expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
      expect((await gateway.send('GET', '/v1/receipts', { authorization })).status).toBe(200);
    });
  });

  describe('addresses, methods, types and sizes', () => {
    it.each([
      ['GET', '/v1/events', 405, 'POST'],
      ['PUT', '/v1/events', 405, 'POST'],
      ['DELETE', '/v1/receipts', 405, 'GET, HEAD'],
      ['GET', '/v1/native/police', 405, 'POST'],
      ['GET', '/v1/receipts/x/withdraw', 405, 'POST'],
      ['POST', '/v1/children', 405, 'GET, HEAD'],
      ['PUT', '/v1/children/x/timeline', 405, 'GET, HEAD'],
      ['DELETE', '/v1/children/x/changes?seen=y', 405, 'GET, HEAD'],
      ['PUT', '/v1/children/x/shown', 405, 'GET, HEAD'],
      ['DELETE', '/v1/audit', 405, 'GET, HEAD'],
      ['GET', '/v1/children', 404, null],
      ['GET', '/v1/elsewhere', 404, null],
      ['POST', '/v1/events/', 404, null],
    ])('%s %s', async (method, path, status, allow) => {
      const answer = await gateway.send(method, path, {});
      refused(answer, status, status === 404 ? 'not-found' : 'method-not-allowed');
      expect(answer.headers.get('allow')).toBe(allow);
    });

    it('an address that there is not, whatever is sent there', async () => {
      const headers = { ...STRUCTURED, authorization: `Bearer ${await gateway.token('police', 'publish')}` };
      refused(await gateway.send('POST', '/v1/events/', headers, JSON.stringify(event())), 404, 'not-found');
    });

    it.each<[string, Record<string, string>]>([
      ['plain JSON without attributes', { 'content-type': 'application/json' }],
      ['text', { 'content-type': 'text/plain' }],
      ['a format of CloudEvents that the hub does not read', { 'content-type': 'application/cloudevents+avro' }],
      ['another character set', { 'content-type': 'application/cloudevents+json; charset=utf-16' }],
      ['a compressed body', { ...STRUCTURED, 'content-encoding': 'gzip' }],
    ])('a content type that is not taken: %s', async (_, headers) => {
      refused(await publish(JSON.stringify(event()), headers), 415, 'unsupported-content-type', 'Content-Type');
    });

    it('a compressed body that comes with a token nobody has seen yet', async () => {
      const authorization = `Bearer ${await gateway.token('health', 'publish')}`;
      const headers = { ...STRUCTURED, authorization, 'content-encoding': 'gzip' };
      const answer = await gateway.send('POST', '/v1/events', headers, 'x');
      refused(answer, 415, 'unsupported-content-type', 'Content-Type');
    });

    it('what is too large', async () => {
      refused(await publish(JSON.stringify(event({ data: 'x'.repeat(1_048_576) }))), 413, 'too-large');
      refused(
        await gateway.post('police', '/v1/native/police', {}, new Uint8Array(10 * 1_048_576 + 1)),
        413,
        'too-large',
      );
      const batch = await publish(JSON.stringify([event(), event({ data: 'x'.repeat(1_048_576) })]), BATCH);
      expect(batch.status).toBe(207);
    });
  });

  it('answers with the caller’s own correlation id when it is one', async () => {
    const id = randomUUID();
    const correlated = async (headers: Record<string, string>): Promise<string | null> =>
      (await publish(JSON.stringify(event()), { ...STRUCTURED, ...headers })).headers.get('x-correlation-id');
    expect(await correlated({ 'x-correlation-id': id })).toBe(id);
    expect(await correlated({ traceparent: `00-${id.replaceAll('-', '')}-00f067aa0ba902b7-01` })).toBe(id);
    for (const bad of [
      { 'x-correlation-id': 'Quillfeather' },
      { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` },
    ]) {
      expect(await correlated(bad)).toMatch(UUID);
    }
    expect(gateway.logs.some((line) => line.includes(id) && line.includes('"status":202'))).toBe(true);
  });
});

describe('a hub that cannot keep up', () => {
  it('says so and when to come back, and keeps nothing of the request', async () => {
    const gateway = await startGateway({ HUB_INTAKE_LIMIT: '2' });
    try {
      const publish = async (): Promise<Answer> =>
        gateway.post('police', '/v1/events', STRUCTURED, JSON.stringify(event()));
      expect([(await publish()).status, (await publish()).status]).toEqual([202, 202]);
      const refusal = await publish();
      expect(refusal.status).toBe(503);
      expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refusal.json()).toMatchObject({ type: '/problems/unavailable' });
      const claimed = await gateway.intake.claim(10, 60);
      expect(claimed).toHaveLength(2);
      await gateway.intake.close(claimed.map(({ receipt }) => ({ receipt, outcomes: [{ outcome: 'recorded' }] })));
      expect((await publish()).status).toBe(202);
    } finally {
      await gateway.stop();
    }
  });
});
