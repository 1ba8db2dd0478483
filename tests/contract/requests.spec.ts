import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayModule } from '../../apps/gateway/gateway.module.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { AskedWhyWithheldSchema, SaidToBeWrongSchema } from '../../libs/contracts/gen/hub/record/v1/record_pb.js';
import type { Incoming } from '../../libs/kernel/intake.js';
import { isAnswer, readAnnotations } from '../../libs/platform/annotations/annotation-store.js';
import { RequestBook, type SourceRequest } from '../../libs/platform/annotations/request-book.js';
import { messageOf } from '../../libs/platform/annotations/saying.js';
import { readConfig } from '../../libs/platform/config.js';
import { PlatformModule } from '../../libs/platform/platform.module.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { tokenFrom } from '../../libs/testing/hub/process.js';
import { child, hearing, missingReport } from '../../libs/testing/messages/told.js';

@Module({})
class Composition {}

const by = { who: 'sam.sayer', name: 'Sam Sayer', role: 'case-manager' };

interface Row {
  record: string;
  fact: string;
  key: string;
}

describe('what readers ask of a source', () => {
  let hub: TestHub;
  let application: NestFastifyApplication;
  let folder: string;
  let url: string;
  const stop = new AbortController();
  let following: Promise<void>;
  const receipts: string[] = [];
  beforeAll(async () => {
    hub = await openTestHub();
    folder = await mkdtemp(join(tmpdir(), 'hub-requests-'));
    const config = readConfig({ LOG_LEVEL: 'silent', PORT: String(await freePort()), HUB_DATA: folder });
    ({ url } = config);
    await hub.projections.prepare();
    following = hub.projections.run(stop.signal);
    application = await NestFactory.create<NestFastifyApplication>(
      { module: Composition, imports: [PlatformModule.with({ ...hub, config }), GatewayModule] },
      new FastifyAdapter({ forceCloseConnections: true }),
      { logger: false, abortOnError: false },
    );
    await application.listen(config.PORT, '127.0.0.1');
    const kept = await hub.keep(
      missingReport('police-1', 'nominal-1', { nhsNumber: child.nhsNumber, pncId: child.pncId }),
      missingReport('police-2', 'nominal-2', { nhsNumber: child.nhsNumber }, { time: '2026-03-02T22:10:00Z' }),
    );
    receipts.push(...kept.map(({ receipt }) => receipt));
    await settle();
  }, 60_000);
  afterAll(async () => {
    await application.close();
    stop.abort();
    await following;
    await hub.close();
    await rm(folder, { recursive: true });
  });

  async function settle(): Promise<void> {
    await drain(hub);
    await hub.projections.settled();
  }
  async function entryOf(receipt: string): Promise<Row> {
    const { rows } = await hub.database.query<Row>('select record, fact, key from timeline where receipt = $1', [
      receipt,
    ]);
    return rows[0]!;
  }
  async function say(message: Incoming): Promise<string> {
    const [kept] = await hub.intake.keep([message]);
    await settle();
    return kept?.receipt ?? '';
  }
  const told = () => ({ messageId: randomUUID(), at: new Date().toISOString(), correlation: randomUUID() });
  const wrong = async (receipt: string, what = 'It was her sister'): Promise<string> => {
    const { record, fact, key } = await entryOf(receipt);
    const said = { fact, version: key, what, by };
    return say(messageOf({ ...told(), agency: 'yos', stream: record, schema: SaidToBeWrongSchema, said }));
  };
  const why = async (receipt: string): Promise<string> => {
    const { record, key } = await entryOf(receipt);
    const said = { version: key, agency: 'police', need: 'A report for Friday', purpose: 'case-management', by };
    return say(messageOf({ ...told(), agency: 'yos', stream: record, schema: AskedWhyWithheldSchema, said }));
  };
  async function call<T>(
    system: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; text: string; json: T }> {
    const answer = await fetch(`${url}/v1/requests${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${await tokenFrom(url, system)}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, text, json: JSON.parse(text) as T };
  }
  const list = async (system: string, query = '') =>
    (await call<{ requests: SourceRequest[]; cursor?: string }>(system, query)).json;

  it('comes to that source alone, with its own receipt, message and record, and neither child nor name', async () => {
    const [first, second] = [await wrong(receipts[0] ?? ''), await why(receipts[1] ?? '')];
    const answer = await call<{ requests: SourceRequest[] }>('police', '');
    expect(answer.json.requests).toMatchObject([
      {
        id: second,
        kind: 'why-withheld',
        status: 'open',
        askedBy: { agency: 'yos', role: 'case-manager' },
        text: 'A report for Friday',
        about: { record: 'nominal-2' },
      },
      { id: first, kind: 'wrong', text: 'It was her sister', about: { receipt: receipts[0], messageId: 'police-1' } },
    ]);
    const { rows } = await hub.database.query<{ child: string; record: string }>('select child, record from links');
    for (const hidden of [by.who, by.name, ...rows.flatMap((row) => [row.child, row.record])]) {
      expect(answer.text).not.toContain(hidden);
    }
    expect((await list('court')).requests).toEqual([]);
    for (const system of ['court', 'yos']) expect((await call(system, `/${first}`)).status).toBe(404);
    expect((await call('police', `/${first}`)).status).toBe(200);
    const { rows: looks } = await hub.database.query(
      `select who, purpose, child from audit where what = 'requests.read'`,
    );
    expect(looks).toContainEqual({ who: 'police', purpose: 'publishing-partner', child: null });
  });

  it('is answered once: the same again is the same, another is refused, and others have no such request', async () => {
    const id = await wrong(receipts[0] ?? '', 'Answer me');
    const stands = { answer: 'stands', text: 'We asked the officer.' };
    expect((await call('court', `/${id}/answer`, stands)).status).toBe(404);
    expect((await call('police', `/${randomUUID()}/answer`, stands)).status).toBe(404);
    const [one, two] = await Promise.all([
      call('police', `/${id}/answer`, stands),
      call('police', `/${id}/answer`, stands),
    ]);
    expect([one.status, two.status]).toEqual([202, 202]);
    expect((await call('police', `/${id}/answer`, { answer: 'corrected' })).json).toMatchObject({
      type: '/problems/answered-already',
      pointer: '/answer',
    });
    await settle();
    const { record } = await entryOf(receipts[0] ?? '');
    const answers = (await readAnnotations(hub, [record])).filter(isAnswer);
    expect(answers).toMatchObject([{ agency: 'police', said: { request: id, text: 'We asked the officer.' } }]);
    expect((await call<SourceRequest>('police', `/${id}`)).json).toMatchObject({ status: 'answered', answer: stands });
    expect((await list('police', '?status=answered')).requests.map((request) => request.id)).toEqual([id]);
    expect((await list('police', '?status=open')).requests.map((request) => request.id)).not.toContain(id);
  });

  it.each([
    [{ answer: 'perhaps' }, '/answer'],
    [{ text: 'only words' }, '/answer'],
    [{ answer: 'stands', text: 'x'.repeat(1_001) }, '/text'],
    [{ answer: 'stands', text: 7 }, '/text'],
    [{ answer: 'stands', child: 'x' }, '/child'],
  ])('refuses the answer %j, and repeats nothing of it', async (body, pointer) => {
    const id = (await list('police', '?status=open')).requests[0]?.id ?? '';
    const { status, json, text } = await call('police', `/${id}/answer`, body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ type: '/problems/invalid-body', pointer });
    expect(text).not.toMatch(/perhaps|xxx/);
  });

  it.each([['?status=late'], ['?since=yesterday'], ['?cursor=1'], ['?child=1'], ['?status=open&status=open']])(
    'refuses the question %s',
    async (query) => {
      expect((await call('police', query)).status).toBe(400);
    },
  );

  it('comes in pages, newest first, none twice', async () => {
    const { record, fact, key } = await entryOf(receipts[0] ?? '');
    const said = { fact, version: key, what: 'again', by };
    await hub.intake.keep(
      Array.from({ length: 60 }, () =>
        messageOf({ ...told(), agency: 'yos', stream: record, schema: SaidToBeWrongSchema, said }),
      ),
    );
    await settle();
    const first = await list('police');
    const second = await list('police', `?cursor=${first.cursor}`);
    expect(first.requests).toHaveLength(50);
    expect(second.cursor).toBeUndefined();
    const ids = [...first.requests, ...second.requests].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(60);
  });

  it('does not say that the hub knew somebody whose receipt says held: an operator carries that', async () => {
    const told = hearing();
    if (told.door !== 'native') throw new Error('a hearing comes natively');
    const body = told.body.replaceAll(child.birthDate, '1990-04-02');
    const [kept] = await hub.keep({ ...told, body });
    await settle();
    const receipt = kept?.receipt ?? '';
    const { status, shown } = await hub.status(receipt);
    expect([status, shown]).toEqual(['recorded', 'held']);
    const id = await wrong(receipt);
    expect((await list('court')).requests).toEqual([]);
    expect((await call('court', `/${id}`)).status).toBe(404);
    expect((await call('court', `/${id}/answer`, { answer: 'stands' })).status).toBe(404);
    const whole = await new RequestBook(hub.database, hub.keys, 'whole').list({ system: 'court' });
    expect(whole.requests).toMatchObject([{ id, about: { receipt } }]);
  });
});
