import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import type { Claimed } from '../../libs/kernel/intake.js';
import { BATCH, event, STRUCTURED, type Event } from './events.js';
import { startGateway, type Answer, type RunningGateway } from './running-gateway.js';

interface ReceiptJson {
  id: string;
  status: string;
  href: string;
}

describe('what a door keeps', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(async () => gateway.stop());

  const publish = async (body: Event, headers: Record<string, string> = STRUCTURED): Promise<Answer> =>
    gateway.post('police', '/v1/events', headers, JSON.stringify(body));
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

  it('acknowledges an event with a receipt that its publisher can read', async () => {
    const sent = event();
    const answer = await publish(sent);
    const [receipt] = receipts(answer);
    expect(answer.status).toBe(202);
    expect(receipt).toEqual({ id: expect.any(String), status: 'received', href: `/v1/receipts/${receipt?.id}` });
    const shown = await gateway.send('GET', receipt!.href, {
      authorization: `Bearer ${await gateway.token('police')}`,
    });
    expect(shown.json()).toEqual({
      id: receipt!.id,
      source: 'police',
      messageId: sent['id'],
      receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      status: 'received',
      outcomes: [],
    });
  });

  it('keeps a structured event whole, its attributes beside it', async () => {
    const id = randomUUID();
    const body = `{ "specversion":"1.0", "id":"${id}", "source":"/police", "time":"2026-03-01T09:30:00+01:00",
      "type":"hub.police.v1.MissingReported","subject":"n/1","constructor":"x","handling":"police-only","priority":3,"urgent":true,"unset":null,
      "recordedtime":"2026-03-01T10:00:00Z", "data":{"z":1.50,"a":"\\u00e9"} }`;
    const { message } = await kept(await gateway.post('police', '/v1/events', STRUCTURED, body));
    expect(Buffer.from(message.body).toString()).toBe(body);
    expect(message).toMatchObject({
      system: 'police',
      agency: 'police',
      format: 'hub.police.v1.MissingReported',
      contentType: 'application/cloudevents+json',
    });
    expect(message.attributes).toEqual({
      id,
      source: 'police',
      type: 'hub.police.v1.MissingReported',
      subject: 'n/1',
      time: '2026-03-01T09:30:00+01:00',
      constructor: 'x',
      handling: 'police-only',
      priority: '3',
      urgent: 'true',
      recordedtime: '2026-03-01T10:00:00Z',
    });
  });

  it('keeps the data of a binary event, its attributes decoded from the headers', async () => {
    const body = Buffer.from([0, 1, 2, 255]);
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': randomUUID(),
      'ce-source': 'police',
      'ce-type': 'hub.police.v1.MissingReported',
      'ce-subject': 'Zo%C3%AB',
      'CE-RecordedTime': '2026-03-01T10:00:00Z',
      'content-type': 'application/protobuf',
    };
    const { message } = await kept(await gateway.post('police', '/v1/events', headers, body));
    expect(Buffer.from(message.body)).toEqual(body);
    expect(message.contentType).toBe('application/protobuf');
    expect(message.attributes).toMatchObject({
      subject: 'Zoë',
      recordedtime: '2026-03-01T10:00:00Z',
      datacontenttype: 'application/protobuf',
    });
  });

  it('keeps each event of a batch with exactly its own bytes', async () => {
    const ids: string[] = [randomUUID(), randomUUID()];
    const texts = ids.map(
      (id) =>
        `{"source":"police","specversion":"1.0", "type":"x.y","id":"${id}","data":{"q":"a\\"]},{\\\\","é":[[],{}]}}`,
    );
    const answer = await gateway.post('police', '/v1/events', BATCH, ` [ ${texts[0]}\n,\t${texts[1]} ]\n`);
    expect(answer.status).toBe(202);
    expect(receipts(answer)).toHaveLength(2);
    const claimed = await gateway.intake.claim(10_000, 0);
    expect(claimed.filter(({ message }) => ids.includes(message.attributes['id']!)).map(textOf)).toEqual(texts);
  });

  it('takes an empty batch', async () => {
    const answer = await gateway.post('police', '/v1/events', BATCH, '[ ]');
    expect([answer.status, receipts(answer)]).toEqual([202, []]);
  });

  it.each<[string, Event, Event]>([
    ['JSON', {}, {}],
    ['JSON in another order and spelling', { data: { b: 1, a: [1.0, 'é'] } }, { data: { a: [1, '\u00e9'], b: 1 } }],
    [
      'JSON without its type said',
      { datacontenttype: undefined },
      { datacontenttype: 'application/json; charset=utf-8' },
    ],
    ['text', { datacontenttype: 'text/csv', data: 'a,b\n1,2\n' }, { datacontenttype: 'text/csv', data: 'a,b\n1,2\n' }],
  ])('gives the same event in all three modes the same receipt: %s', async (_, first, second) => {
    const id = randomUUID();
    const subject = 'Zoë "Q"/1';
    const structured = await publish(event({ id, subject, ...first }));
    const batch = await gateway.post(
      'police',
      '/v1/events',
      BATCH,
      JSON.stringify([event({ id, subject, ...second })]),
    );
    const binary = await gateway.post('police', '/v1/events', ...binaryOf(event({ id, subject, ...second })));
    expect(receiptOf(batch)).toBe(receiptOf(structured));
    expect(receiptOf(binary)).toBe(receiptOf(structured));
  });

  it('gives bytes in base64 and in binary mode the same receipt', async () => {
    const id = randomUUID();
    const bytes = Buffer.from([8, 150, 1, 0, 255]);
    const { data: _data, ...rest } = event({ id, datacontenttype: 'application/protobuf' });
    const structured = await publish({ ...rest, data_base64: bytes.toString('base64') });
    const [headers] = binaryOf(event({ id, datacontenttype: 'application/protobuf' }));
    expect(receiptOf(await gateway.post('police', '/v1/events', headers, bytes))).toBe(receiptOf(structured));
  });

  it('understands what the CloudEvents SDK sends', async () => {
    const id = randomUUID();
    const made = new CloudEvent({
      id,
      source: '/police',
      type: 'hub.police.v1.MissingReported',
      subject: 'nominal-1',
      time: '2026-03-01T09:30:00.000Z',
      datacontenttype: 'application/json',
      data: { incidentId: 'MR-2' },
    });
    const [structured, binary] = [HTTP.structured(made), HTTP.binary(made)];
    const first = await gateway.post(
      'police',
      '/v1/events',
      structured.headers as Record<string, string>,
      structured.body as string,
    );
    const second = await gateway.post(
      'police',
      '/v1/events',
      binary.headers as Record<string, string>,
      binary.body as string,
    );
    expect(receiptOf(second)).toBe(receiptOf(first));
  });

  it('keeps one of fifty that come at once', async () => {
    const sent = event();
    const answers = await Promise.all(Array.from({ length: 50 }, async () => publish(sent)));
    expect(new Set(answers.map(receiptOf)).size).toBe(1);
    const claimed = await gateway.intake.claim(10_000, 0);
    expect(claimed.filter(({ message }) => message.attributes['id'] === sent['id'])).toHaveLength(1);
  });

  it('refuses other content under the same id, whatever differs, and keeps the first', async () => {
    const id = randomUUID();
    const receipt = receiptOf(await publish(event({ id })));
    for (const other of [
      { data: { incidentId: 'MR-2' } },
      { subject: 'nominal-2' },
      { time: '2026-03-01T09:30:01Z' },
      { handling: 'x' },
    ]) {
      const answer = await publish(event({ id, ...other }));
      expect(answer.status).toBe(409);
      expect(answer.json()).toMatchObject({
        type: '/problems/conflict',
        pointer: '/id',
        detail: expect.stringContaining(receipt),
      });
    }
    const native = await gateway.post(
      'police',
      '/v1/native/police',
      { 'hub-message-id': id, 'content-type': 'text/csv' },
      'a,b',
    );
    expect(native.status).toBe(409);
    expect(receiptOf(await publish(event({ id })))).toBe(receipt);
  });

  it.each([
    ['an unknown type', event({ type: 'hub.police.v1.NobodyKnows' })],
    ['an unknown type of another agency', event({ type: 'hub.health.v1.NobodyKnows' })],
    ['a type of nobody’s', event({ type: 'com.example.thing' })],
    ['data that breaks the contract', event({ data: 7 })],
    ['no data', { ...event(), data: undefined }],
    ['no subject and no time', { ...event(), subject: undefined, time: undefined }],
  ])('keeps %s, for a person to look at', async (_, body) => {
    expect((await publish(body)).status).toBe(202);
  });

  it.each([
    ['that is not JSON', Buffer.from('{"broken')],
    ['that is not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['that is empty', Buffer.alloc(0)],
    ['with NUL bytes', Buffer.from('\0\0\0')],
    ['that has no canonical form', Buffer.from('{"a":1e999,"b":"\\ud800"}')],
  ])('keeps a binary event with data %s', async (_, body) => {
    const [headers] = binaryOf(event());
    const first = await gateway.post('police', '/v1/events', headers, body);
    const again = await gateway.post('police', '/v1/events', headers, body);
    expect(receiptOf(again)).toBe(receiptOf(first));
  });

  it.each([900, 10_000, 90_000])('keeps data nested %d levels deep without falling over', async (depth) => {
    const body = `{"specversion":"1.0","id":"${randomUUID()}","source":"police","type":"hub.police.v1.MissingReported","data":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const answer = await gateway.post('police', '/v1/events', STRUCTURED, body);
    expect(answer.status).toBe(202);
    const batched = await gateway.post('police', '/v1/events', BATCH, `[${body}]`);
    expect(receiptOf(batched)).toBe(receiptOf(answer));
  });
});

function textOf({ message }: Pick<Claimed, 'message'>): string {
  return Buffer.from(message.body).toString();
}

function binaryOf({ data, datacontenttype, ...attributes }: Event): [Record<string, string>, string] {
  const headers = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeURIComponent(String(value))]);
  const type = typeof datacontenttype === 'string' ? datacontenttype : 'application/json';
  return [
    { ...(Object.fromEntries(headers) as Record<string, string>), 'content-type': type },
    typeof data === 'string' ? data : JSON.stringify(data),
  ];
}
