import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Claimed } from '../../libs/kernel/intake.js';
import { startGateway, type Answer, type Body, type RunningGateway } from './running-gateway.js';

interface ReceiptJson {
  id: string;
  href: string;
}

describe('what a native door keeps', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(async () => gateway.stop());

  const receipts = (answer: Answer): ReceiptJson[] => answer.json<{ receipts: ReceiptJson[] }>().receipts;
  const receiptOf = (answer: Answer): string => {
    expect(answer.status).toBe(202);
    return receipts(answer)[0]?.id ?? '';
  };
  const kept = async (answer: Answer): Promise<Claimed> => {
    const receipt = receiptOf(answer);
    const claimed = await gateway.intake.claim(10_000, 0);
    return claimed.find((one) => one.receipt === receipt)!;
  };

  const native = async (headers: Record<string, string>, body: Body): Promise<Answer> =>
    gateway.post('social-care', '/v1/native/social-care', headers, body);

  it('keeps any bytes of any type, with what the headers say', async () => {
    const body = Buffer.from('CHILD,MIS_START\r\n1,01/03/2026\r\n\xff', 'latin1');
    const headers = {
      'content-type': 'text/csv; header=present',
      'hub-format': 'ssda903.missing',
      'hub-message-id': `file-${randomUUID()}`,
      'hub-subject': 'nhs:9449303223',
      'hub-observed-at': '2026-03-01T00:00:00+00:00',
    };
    const { message } = await kept(await native(headers, body));
    expect(Buffer.from(message.body)).toEqual(body);
    expect(message).toMatchObject({
      system: 'social-care',
      agency: 'social-care',
      format: 'ssda903.missing',
      contentType: 'text/csv; header=present',
      attributes: { subject: 'nhs:9449303223', observedat: '2026-03-01T00:00:00+00:00' },
    });
  });

  it('keeps how it came beside it: the same message brought as history is still the same message', async () => {
    const body = `CHILD\n${randomUUID()}\n`;
    const headers = { 'content-type': 'text/csv', 'hub-history': 'true', 'hub-first-row': '1002' };
    const answer = await native(headers, body);
    const { message } = await kept(answer);
    expect(message.attributes).toEqual({ history: 'true', firstrow: '1002' });
    expect(receiptOf(await native({ 'content-type': 'text/csv' }, body))).toBe(receiptOf(answer));
  });

  it.each([
    ['hub-history', 'yes'],
    ['hub-first-row', '1'],
    ['hub-first-row', '-2'],
    ['hub-first-row', 'x'],
  ])('refuses %s: %s', async (name, value) => {
    const answer = await native({ 'content-type': 'text/csv', [name]: value }, 'CHILD\n1\n');
    expect(answer.status).toBe(400);
    expect(answer.json<{ pointer: string }>().pointer.toLowerCase()).toBe(name);
  });

  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json',
    'text/plain',
    'not a type',
  ])('takes %s as bytes', async (type) => {
    const body = `a=1&b=${randomUUID()}`;
    const { message } = await kept(await native({ 'content-type': type }, body));
    expect([textOf({ message }), message.contentType]).toEqual([body, type]);
  });

  it('takes bytes without a type', async () => {
    const authorization = `Bearer ${await gateway.token('social-care')}`;
    const answer = await gateway.raw(
      '/v1/native/social-care',
      ['host', 'hub', 'authorization', authorization, 'content-length', '3'],
      Buffer.from('a,b'),
    );
    expect(answer.status).toBe(202);
  });

  it('names a message by its bytes when nobody else does', async () => {
    const body = randomUUID();
    const first = await native({ 'content-type': 'text/plain' }, body);
    expect(receiptOf(await native({ 'content-type': 'text/plain' }, body))).toBe(receiptOf(first));
    const authorization = `Bearer ${await gateway.token('social-care')}`;
    const receipt = await gateway.send('GET', receipts(first)[0]!.href, { authorization });
    expect(receipt.json()).toMatchObject({ messageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
  });

  it('compares JSON as JSON and the rest byte by byte', async () => {
    const send = async (type: string, id: string, body: string): Promise<Answer> =>
      native({ 'content-type': type, 'hub-message-id': id }, body);
    const [json, text] = [randomUUID(), randomUUID()];
    expect(receiptOf(await send('application/json', json, '{"a":1,"b":2}'))).toBe(
      receiptOf(await send('application/json; charset=UTF-8', json, '{ "b": 2, "a": 1.0 }')),
    );
    expect((await send('application/json', json, '{"a":1,"b":3}')).status).toBe(409);
    expect((await send('text/plain', text, 'a')).status).toBe(202);
    expect((await send('text/plain', text, 'a ')).status).toBe(409);
  });

  it('does not take the same bytes about another subject, or of another day, for the same message', async () => {
    const body = `weight=60 ${randomUUID()}`;
    const send = async (subject: string, observed: string, id?: string): Promise<Answer> =>
      native(
        { 'hub-subject': subject, 'hub-observed-at': observed, ...(id === undefined ? {} : { 'hub-message-id': id }) },
        body,
      );
    const [one, other] = ['nhs:9449303223', 'nhs:9449306559'] as const;
    const [monday, tuesday] = ['2026-03-02T06:00:00Z', '2026-03-03T06:00:00Z'] as const;
    const answers = [await send(one, monday), await send(other, monday), await send(one, tuesday)];
    expect(new Set(answers.map(receiptOf)).size).toBe(3);
    expect(receiptOf(await send(one, monday))).toBe(receiptOf(answers[0]!));
    // Under an id of the publisher's own, it is the publisher who contradicts itself.
    const id = randomUUID();
    expect((await send(one, monday, id)).status).toBe(202);
    expect((await send(one, tuesday, id)).status).toBe(409);
  });

  it('keeps ten megabytes', async () => {
    expect(
      (await native({ 'content-type': 'application/octet-stream' }, Buffer.alloc(10 * 1_048_576, randomUUID()))).status,
    ).toBe(202);
  });
});

function textOf({ message }: Pick<Claimed, 'message'>): string {
  return Buffer.from(message.body).toString();
}
