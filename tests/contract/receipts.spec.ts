import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BATCH, event, STRUCTURED } from './events.js';
import { startGateway, type Answer, type RunningGateway } from './running-gateway.js';

interface ReceiptsJson {
  receipts: { id: string; href: string; messageId: string; status: string }[];
  cursor?: string;
}

describe('receipts', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(async () => gateway.stop());

  const get = async (system: string, path: string): Promise<Answer> =>
    gateway.send('GET', path, { authorization: `Bearer ${await gateway.token(system, 'read')}` });
  const publish = async (id = randomUUID() as string): Promise<string> => {
    const answer = await gateway.post('police', '/v1/events', STRUCTURED, JSON.stringify(event({ id })));
    return answer.json<ReceiptsJson>().receipts[0]?.id ?? '';
  };
  const withdraw = async (system: string, receipt: string, body: string, type = 'application/json'): Promise<Answer> =>
    gateway.post(system, `/v1/receipts/${receipt}/withdraw`, { 'content-type': type }, body);

  it('of another system are not there, exactly as those that never were', async () => {
    const receipt = await publish();
    const answers = [
      await get('court', `/v1/receipts/${receipt}`),
      await get('court', `/v1/receipts/${randomUUID()}`),
      await get('court', '/v1/receipts/nonsense'),
      await withdraw('court', receipt, '{"reason":"wrong child"}'),
      await withdraw('court', randomUUID(), '{"reason":"wrong child"}'),
    ];
    const bodies = answers.map((answer) => ({ status: answer.status, ...answer.json(), correlationId: '' }));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ status: 404, type: '/problems/not-found' });
    expect((await get('court', '/v1/receipts')).json()).toEqual({ receipts: [] });
  });

  it('are listed newest first, by status and time, page by page', async () => {
    const ids = Array.from({ length: 120 }, (_, at) => `listed-${at}`);
    await gateway.post('police', '/v1/events', BATCH, JSON.stringify(ids.map((id) => event({ id }))));
    const first = (await get('police', '/v1/receipts')).json<ReceiptsJson>();
    expect(first.receipts).toHaveLength(100);
    const second = (await get('police', `/v1/receipts?cursor=${first.cursor}`)).json<ReceiptsJson>();
    const listed = [...first.receipts, ...second.receipts].map(({ messageId }) => messageId).slice(0, 120);
    expect(listed).toEqual(ids.toReversed());
    const answers = await Promise.all([
      get('police', '/v1/receipts?status=held'),
      get('police', '/v1/receipts?since=2999-01-01T00:00:00+00:00'),
      get('police', '/v1/receipts?status=received&since=2020-01-01T00:00:00Z'),
    ]);
    expect(answers.map((answer) => answer.json<ReceiptsJson>().receipts.length)).toEqual([0, 0, 100]);
  });

  it.each([
    ['status=lost', 'status'],
    ['status=held&status=received', 'status'],
    ['since=yesterday', 'since'],
    ['since=2026-02-30T00:00:00Z', 'since'],
    ['cursor=elsewhere', 'cursor'],
    ['cursor=', 'cursor'],
    ['limit=1', 'limit'],
  ])('are not listed by %s', async (query, pointer) => {
    const answer = await get('police', `/v1/receipts?${query}`);
    expect([answer.status, answer.json()]).toEqual([
      400,
      expect.objectContaining({ type: '/problems/invalid-parameter', pointer }),
    ]);
  });

  it('can be withdrawn, once, with a reason, and the withdrawal has a receipt of its own', async () => {
    const messageId = randomUUID();
    const receipt = await publish(messageId);
    await gateway.intake.claim(10_000, 60);
    const answer = await withdraw('police', receipt, '{"reason":"wrong child"}');
    expect(answer.status).toBe(202);
    const [own] = answer.json<ReceiptsJson>().receipts;
    expect(own).toMatchObject({ status: 'received', href: `/v1/receipts/${own?.id}` });
    const again = await withdraw('police', receipt, '{ "reason": "wrong child" }');
    expect(again.json<ReceiptsJson>().receipts[0]?.id).toBe(own?.id);
    for (const reason of [' wrong child\\n', 'another']) {
      const later = await withdraw('police', receipt, `{"reason":"${reason}"}`);
      expect([later.status, later.json()]).toEqual([202, again.json()]);
    }

    const [claimed] = await gateway.intake.claim(10_000, 60);
    expect(claimed?.message).toMatchObject({
      format: 'hub.police.v1.Withdrawn',
      contentType: 'application/cloudevents+json',
      attributes: { id: `withdraw:${receipt}`, source: 'police' },
    });
    expect(JSON.parse(Buffer.from(claimed!.message.body).toString())).toMatchObject({
      specversion: '1.0',
      data: { messageId, reason: 'wrong child' },
    });
  });

  it('of an agency with a hyphen are withdrawn by the type the contract has', async () => {
    const kept = await gateway.post('social-care', '/v1/native/social-care', { 'content-type': 'text/csv' }, 'a,b');
    const receipt = kept.json<ReceiptsJson>().receipts[0]?.id ?? '';
    await gateway.intake.claim(10_000, 60);
    expect((await withdraw('social-care', receipt, '{"reason":"wrong child"}')).status).toBe(202);
    const [claimed] = await gateway.intake.claim(10_000, 60);
    expect(claimed?.message.format).toBe('hub.social_care.v1.Withdrawn');
  });

  it.each([
    ['no reason', '{}', 400],
    ['an empty reason', '{"reason":""}', 400],
    ['a blank reason', '{"reason":" \\t\\n"}', 400],
    ['a reason that is no text', '{"reason":["wrong child"]}', 400],
    ['a reason without end', JSON.stringify({ reason: 'x'.repeat(1_001) }), 400],
    ['more than a reason', '{"reason":"a","child":"b"}', 400],
    ['no object', '"wrong child"', 400],
    ['null', 'null', 400],
    ['no JSON', '{"reason":', 400],
    ['a forbidden key', '{"__proto__":{"a":1},"reason":"a"}', 400],
  ])('are not withdrawn with %s', async (_, body, status) => {
    const answer = await withdraw('police', await publish(), body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.text).not.toContain('wrong child');
  });

  it('are not withdrawn by a body of another type', async () => {
    expect((await withdraw('police', await publish(), 'reason=a', 'text/csv')).status).toBe(415);
  });
});

describe('health', () => {
  it('says whether the process lives, whether it can work, and what it counts', async () => {
    const gateway = await startGateway();
    try {
      await gateway.post('police', '/v1/events', STRUCTURED, JSON.stringify(event()));
      expect((await gateway.send('GET', '/health/live', {})).json()).toEqual({ status: 'ok' });
      const ready = await gateway.send('GET', '/health/ready', {});
      expect([ready.status, ready.json()]).toEqual([200, { status: 'ok', checks: { database: 'ok', keys: 'ok' } }]);
      const { text } = await gateway.send('GET', '/metrics', {});
      expect(text).toContain('hub_messages_kept_total{system="police",outcome="kept"} 1');
      expect(text).toContain('hub_intake_messages{status="received"} 1');
    } finally {
      await gateway.stop();
    }
  });
});
