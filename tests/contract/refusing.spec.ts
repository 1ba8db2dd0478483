import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BATCH, event, STRUCTURED, type Event } from './events.js';
import { expectRefused, expectSaysNothing, type Problem } from './refusal.js';
import { startGateway, type Answer, type Body, type RunningGateway } from './running-gateway.js';

describe('what a door refuses', () => {
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
  const count = async (): Promise<number> =>
    (await gateway.database.query<{ count: number }>('select count(*)::integer as count from receipts')).rows[0]
      ?.count ?? -1;
  const publish = async (body: Body, headers: Record<string, string> = STRUCTURED): Promise<Answer> =>
    gateway.post('police', '/v1/events', headers, body);
  const binary = (more: Record<string, string> = {}): Record<string, string> => ({
    'ce-specversion': '1.0',
    'ce-id': randomUUID(),
    'ce-source': 'police',
    'ce-type': 'hub.police.v1.MissingReported',
    'content-type': 'application/json',
    ...more,
  });

  describe('broken envelopes, which are not kept', () => {
    it.each<[string, Event, string]>([
      ['no specversion', { specversion: undefined }, '/specversion'],
      ['another specversion', { specversion: '0.3' }, '/specversion'],
      ['no id', { id: undefined }, '/id'],
      ['an empty id', { id: '' }, '/id'],
      ['an id of null', { id: null }, '/id'],
      ['an id of an object', { id: { Tamsin: 1 } }, '/id'],
      ['an id of a fraction', { id: 1.5 }, '/id'],
      ['an id with NUL', { id: 'a\0b' }, '/id'],
      ['an id with half a character', { id: 'a\ud800' }, '/id'],
      ['an id without end', { id: 'x'.repeat(2_049) }, '/id'],
      ['no source', { source: undefined }, '/source'],
      ['no type', { type: undefined }, '/type'],
      ['an empty type', { type: '' }, '/type'],
      ['a type with a line break', { type: 'hub.police.v1.A\r\nSet-Cookie: a=b' }, '/type'],
      ['an empty subject', { subject: '' }, '/subject'],
      ['a time that is none', { time: 'yesterday' }, '/time'],
      ['a time that does not exist', { time: '2026-02-30T10:00:00Z' }, '/time'],
      ['a time without zone', { time: '2026-02-20T10:00:00' }, '/time'],
      ['a date for a time', { time: '2026-02-20' }, '/time'],
      ['a recorded time that is none', { recordedtime: 'nominal-7731' }, '/recordedtime'],
      ['a content type that is none', { datacontenttype: 'json' }, '/datacontenttype'],
      ['an attribute in capitals', { recordedTime: '2026-02-20T10:00:00Z' }, '/recordedTime'],
      ['an attribute that is an array', { handling: ['a'] }, '/handling'],
      ['an attribute with a name like a path', { '../a~b': 'x' }, '/..~1a~0b'],
      ['data twice', { data_base64: 'AAAA' }, '/data_base64'],
      ['bytes that are not base64', { data: undefined, data_base64: 'Quillfeather?' }, '/data_base64'],
      ['bytes that are a number', { data: undefined, data_base64: 7 }, '/data_base64'],
    ])('%s', async (_, more, pointer) => {
      const before = await count();
      refused(await publish(JSON.stringify(event(more))), 400, 'broken-envelope', pointer);
      expect(await count()).toBe(before);
    });

    it.each<[string, Body, string]>([
      ['an empty body', '', 'empty-body'],
      ['no JSON', '{"specversion": Quillfeather', 'malformed'],
      ['half an event', JSON.stringify(event()).slice(0, -2), 'malformed'],
      ['bytes that are not UTF-8', Buffer.from('{"id":"\xff Tamsin"}', 'latin1'), 'malformed'],
      ['UTF-16', Buffer.from(JSON.stringify(event()), 'utf16le'), 'malformed'],
      ['NUL bytes', Buffer.alloc(16), 'malformed'],
      ['JSON without end', `{"a":${'['.repeat(300_000)}`, 'malformed'],
      ['what was compressed', Buffer.from([0x1f, 0x8b, 8, 0]), 'malformed'],
    ])('%s', async (_, body, code) => {
      refused(await publish(body), 400, code);
    });

    it.each([['[]'], ['"text"'], ['7'], ['null'], ['true']])('%s for an event', async (body) => {
      refused(await publish(body), 400, 'broken-envelope', '');
    });

    it('a name that stands twice', async () => {
      const text = JSON.stringify(event());
      const twice = text.replace('"type"', '"t\\u0079pe":"hub.police.v1.Tamsin","type"');
      refused(await publish(twice), 400, 'broken-envelope', '/type');
      expect((await publish(text.replace('"incidentId"', '"incidentId":"x","incidentId"'))).status).toBe(202);
    });

    it.each<[string, Record<string, string>, string]>([
      ['an empty id', { 'ce-id': '' }, 'ce-id'],
      ['a specversion of tomorrow', { 'ce-specversion': '2.0' }, 'ce-specversion'],
      ['a name with a dash', { 'ce-recorded-time': 'x' }, 'ce-recorded-time'],
      ['a content type twice', { 'ce-datacontenttype': 'text/plain' }, 'ce-datacontenttype'],
      ['broken percent-encoding', { 'ce-subject': '%E0%A4%A' }, 'ce-subject'],
      ['an encoded line break', { 'ce-subject': 'a%0D%0ASet-Cookie:%20a=b' }, 'ce-subject'],
      ['letters that are not encoded', { 'ce-subject': 'Zo\u00eb' }, 'ce-subject'],
      ['a content type that is none', { 'content-type': 'nothing' }, 'Content-Type'],
    ])('in binary mode: %s', async (_, headers, pointer) => {
      refused(await publish('{}', binary(headers)), 400, 'broken-envelope', pointer);
    });

    it('in binary mode: a header that stands twice', async () => {
      const headers = { ...binary(), host: 'hub', authorization: `Bearer ${await gateway.token('police')}` };
      const { status, text } = await gateway.raw(
        '/v1/events',
        [...Object.entries(headers).flat(), 'ce-id', 'other'],
        Buffer.from('{}'),
      );
      expect([status, text]).toEqual([400, expect.stringContaining('"pointer":"ce-id"')]);
    });

    it.each<[string, Record<string, string>, string]>([
      ['an observation at no time', { 'hub-observed-at': 'Quillfeather' }, 'Hub-Observed-At'],
      ['a message id without end', { 'hub-message-id': 'x'.repeat(2_049) }, 'hub-message-id'],
      ['a subject that is not ASCII', { 'hub-subject': 'Zo\u00eb' }, 'hub-subject'],
    ])('natively: %s', async (_, headers, pointer) => {
      refused(await gateway.post('police', '/v1/native/police', headers, 'x'), 400, 'broken-envelope', pointer);
    });

    it('natively: an empty body', async () => {
      refused(await gateway.post('police', '/v1/native/police', { 'content-type': 'text/csv' }, ''), 400, 'empty-body');
    });
  });

  describe('batches', () => {
    it('are judged item by item', async () => {
      const [good, other] = [event(), event()];
      const items = [
        good,
        event({ id: '' }),
        7,
        event({ source: 'court' }),
        event({ type: 'hub.court.v1.Withdrawn' }),
        other,
      ];
      await publish(JSON.stringify({ ...other, subject: 'nominal-1' }));
      const answer = await publish(JSON.stringify(items), BATCH);
      answers.push(answer);
      expect(answer.status).toBe(207);
      const { receipts } = answer.json<{ receipts: { id?: string; problem?: Problem }[] }>();
      expect(receipts.map(({ id, problem }) => problem?.type ?? typeof id)).toEqual([
        'string',
        '/problems/broken-envelope',
        '/problems/broken-envelope',
        '/problems/other-source',
        '/problems/other-agency',
        '/problems/conflict',
      ]);
      expect(receipts.map(({ problem }) => problem?.pointer)).toEqual([
        undefined,
        '/1/id',
        '/2',
        '/3/source',
        '/4/type',
        '/5/id',
      ]);
      const again = await publish(JSON.stringify(good));
      expect(again.json<{ receipts: { id: string }[] }>().receipts[0]?.id).toBe(receipts[0]?.id);
    });

    it.each<[string, string, string]>([
      ['an object', JSON.stringify(event()), 'not-a-batch'],
      ['null', 'null', 'not-a-batch'],
      ['half an array', '[{"id":"Tamsin"}', 'malformed'],
      ['nothing', '', 'empty-body'],
    ])('fail whole when they are no array: %s', async (_, body, code) => {
      refused(await publish(body, BATCH), 400, code);
    });

    it('have at most 1,000 events', async () => {
      const items = Array.from({ length: 1_001 }, () => event());
      refused(await publish(JSON.stringify(items), BATCH), 413, 'too-large');
      expect((await publish(JSON.stringify(items.slice(1)), BATCH)).status).toBe(202);
    });
  });

  it.each([
    ['another source', event({ source: 'court' }), 'other-source', '/source'],
    ['a source like one’s own', event({ source: 'police/../court' }), 'other-source', '/source'],
    [
      'a known type of another agency',
      event({ type: 'hub.social_care.v1.MissingEpisodeRecorded' }),
      'other-agency',
      '/type',
    ],
    [
      'the same in the other spelling',
      event({ type: 'hub.social-care.v1.MissingEpisodeRecorded' }),
      'other-agency',
      '/type',
    ],
    ['another agency’s withdrawal', event({ type: 'hub.court.v1.Withdrawn' }), 'other-agency', '/type'],
  ])('does not let a system publish as another: %s', async (_, body, code, pointer) => {
    const before = await count();
    refused(await publish(JSON.stringify(body)), 403, code, pointer);
    expect(await count()).toBe(before);
  });

  it('keeps another system’s door shut, and another agency’s types out of one’s own', async () => {
    refused(await gateway.post('police', '/v1/native/court', { 'content-type': 'text/csv' }, 'a'), 403, 'other-door');
    const headers = { 'hub-format': 'hub.court.v1.Withdrawn' };
    refused(await gateway.post('police', '/v1/native/police', headers, 'a'), 403, 'other-agency', 'Hub-Format');
  });
});
