import { create, toBinary } from '@bufbuild/protobuf';
import { AnySchema } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { MissingReportedSchema } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import type { PublishResult, PublishStreamResponse } from '../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { actOnCredential } from '../../libs/platform/sign-in/credential-store.js';
import { openBothDoors, type BothDoors } from './both-doors.js';
import { event, SECRETS } from './events.js';
import { framed, protoEventOf, refusalOf, results, streamed, type ProtoEvent } from './grpc-caller.js';

const receiptOf = ({ outcome }: PublishResult): string => (outcome.case === 'receipt' ? outcome.value.id : '');
const problemOf = ({ outcome }: PublishResult): string => (outcome.case === 'problem' ? outcome.value.type : '');
const events = (count: number): ProtoEvent[] => Array.from({ length: count }, () => protoEventOf(event()));

describe('the gRPC door', () => {
  let both: BothDoors;
  beforeAll(async () => {
    both = await openBothDoors();
  });
  afterAll(async () => {
    for (const secret of SECRETS) expect(both.gateway.logs.join('\n')).not.toContain(secret);
    await both.stop();
  });

  const metadata = async (system = 'police'): Promise<Record<string, string>> => ({
    authorization: await both.bearer(system),
  });
  const kept = async (ids: readonly string[]): Promise<number | undefined> =>
    (
      await both.gateway.database.query<{ count: number }>(
        'select count(*)::integer as count from receipts where id = any($1::uuid[])',
        [ids],
      )
    ).rows[0]?.count;
  const count = async (): Promise<number> =>
    (await both.gateway.database.query<{ count: number }>('select count(*)::integer as count from receipts')).rows[0]!
      .count;

  describe('a stream', () => {
    it('of thousands has a result for each, in order, and everything it acknowledged is kept', async () => {
      const sent = events(3_000);
      const all = await streamed(both.caller.stream(await metadata()), sent);
      expect(all.map(({ position }) => position)).toEqual(sent.map((_, at) => BigInt(at)));
      const ids = all.map(receiptOf);
      expect(new Set(ids).size).toBe(3_000);
      expect(await kept(ids)).toBe(3_000);
    });

    it('answers an event as soon as it is durable, not when the stream ends', async () => {
      const stream = both.caller.stream(await metadata());
      for (const sent of events(3)) {
        stream.write(sent);
        const [response] = (await once(stream, 'data')) as [PublishStreamResponse];
        expect(await kept(response.results.map(receiptOf))).toBe(1);
      }
      stream.end();
      expect(await results(stream)).toEqual([]);
    });

    it('goes on after what is wrong with one event, whatever is wrong with it', async () => {
      const good = event();
      const sent = [
        protoEventOf(good),
        protoEventOf(event({ time: 'Quillfeather' })),
        Buffer.from('Tamsin Quillfeather'),
        Buffer.alloc(0),
        protoEventOf(event({ source: 'court' })),
        protoEventOf({ ...good, subject: 'nominal-1' }),
        protoEventOf(event({ data: 'x'.repeat(1_048_576) })),
        protoEventOf(good),
      ];
      const all = await streamed(both.caller.stream(await metadata()), sent);
      expect(all.map(problemOf)).toEqual([
        '',
        '/problems/broken-envelope',
        '/problems/malformed',
        '/problems/empty-body',
        '/problems/other-source',
        '/problems/conflict',
        '/problems/too-large',
        '',
      ]);
      expect(receiptOf(all[7]!)).toBe(receiptOf(all[0]!));
    });

    it('whose caller goes away keeps what it acknowledged, and the rest may be sent again', async () => {
      const sent = events(2_000);
      const stream = both.caller.stream(await metadata());
      stream.on('error', () => undefined);
      const acknowledged: PublishResult[] = [];
      stream.on('data', ({ results: some }: PublishStreamResponse) => {
        acknowledged.push(...some);
        if (acknowledged.length >= 300) stream.cancel();
      });
      for (const one of sent) stream.write(one);
      await stream.toArray().catch((cancelled: unknown) => cancelled);
      expect(await kept(acknowledged.map(receiptOf))).toBe(acknowledged.length);

      const again = await streamed(both.caller.stream(await metadata()), sent);
      expect(again.map(receiptOf).slice(0, acknowledged.length)).toEqual(acknowledged.map(receiptOf));
      expect(new Set(again.map(receiptOf)).size).toBe(2_000);
    });

    it('is held back while its caller does not read, instead of filling the hub', async () => {
      const before = await count();
      const { authorization } = await metadata();
      // Bare HTTP/2: a client library would read some thousand answers ahead.
      const session = connect(`http://127.0.0.1:${both.port}`);
      const path = '/hub.publish.v1.Publisher/PublishStream';
      const headers = { 'content-type': 'application/grpc', te: 'trailers', authorization };
      const request = session.request({ ':method': 'POST', ':path': path, ...headers });
      for (const one of events(4_000)) request.write(framed(one));
      request.end();
      let held = -1;
      for (let now = 0; now !== held; now = (await count()) - before) {
        held = now;
        await sleep(700);
      }
      expect(held).toBeGreaterThan(0);
      expect(held).toBeLessThan(4_000);
      request.resume();
      await once(request, 'close');
      session.close();
      expect((await count()) - before).toBe(4_000);
    }, 60_000);

    it('cut anywhere and sent again, through either door, has each event once', async () => {
      const authorization = await both.bearer();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(5), { minLength: 1, maxLength: 20 }),
          fc.nat(20),
          fc.boolean(),
          async (which, cut, overHttp) => {
            const pool = Array.from({ length: 6 }, () => event());
            const order = which.map((at) => pool[at]!);
            const first = await streamed(both.caller.stream({ authorization }), order.slice(0, cut).map(protoEventOf));
            const rest = await Promise.all(
              order.map(async (one) => both.doors[overHttp ? 'HTTP' : 'PublishStream'](one, authorization)),
            );
            const ids = rest.map(({ receipt }) => receipt?.id);
            expect(first.map(receiptOf)).toEqual(ids.slice(0, first.length));
            expect(new Set(ids).size).toBe(new Set(which).size);
          },
        ),
        { numRuns: 25 },
      );
    });

    it('does not outlive its token’s welcome', async () => {
      const stream = both.caller.stream(await metadata('court'));
      stream.write(protoEventOf(event({ source: 'court', type: 'hub.court.v1.HearingListed' })));
      const [first] = (await once(stream, 'data')) as [PublishStreamResponse];
      expect(await kept(first.results.map(receiptOf))).toBe(1);
      const revoked = { kind: 'system', subject: 'court', action: 'revoked', reason: 'a test', who: 'a test' } as const;
      await actOnCredential(both.gateway.database, revoked);
      const refused = refusalOf(
        (async () => {
          for (;;) {
            stream.write(protoEventOf(event({ source: 'court', type: 'hub.court.v1.HearingListed' })));
            await once(stream, 'data');
            await sleep(50);
          }
        })(),
      );
      expect(await refused).toMatchObject({
        code: status.UNAUTHENTICATED,
        problem: { type: '/problems/credential-revoked', status: 401 },
      });
    });
  });

  it('keeps a message of the contract as its bytes: the same event as in binary mode over HTTP', async () => {
    const type = 'hub.police.v1.MissingReported';
    const data = Buffer.from(
      toBinary(MissingReportedSchema, create(MissingReportedSchema, { reportReference: 'MR-1' })),
    );
    const id = randomUUID();
    const own = await metadata();
    const { datacontenttype: _, ...given } = event({ id });
    const value = create(AnySchema, { typeUrl: `type.googleapis.com/${type}`, value: data });
    const receipt = await both.caller.publish({ ...protoEventOf(given), data: { case: 'protoData', value } }, own);
    const claimed = (await both.gateway.intake.claim(100_000, 0)).find((one) => one.receipt === receipt.id)!;
    expect(Buffer.from(claimed.message.body)).toEqual(data);
    expect(claimed.message).toMatchObject({ format: type, contentType: 'application/protobuf' });
    const { data: __, ...attributes } = given;
    const headers: Record<string, string> = { ...own, 'content-type': 'application/protobuf' };
    for (const [name, text] of Object.entries(attributes)) headers[`ce-${name}`] = String(text);
    const answer = await both.gateway.send('POST', '/v1/events', headers, data);
    expect(answer.json()).toMatchObject({ receipts: [{ id: receipt.id }] });
  });

  it('takes history when the call says so, and no other word for it', async () => {
    const own = await metadata();
    const receipt = await both.caller.publish(protoEventOf(event()), { ...own, 'hub-history': 'true' });
    const [streamedOne] = await streamed(both.caller.stream({ ...own, 'hub-history': 'true' }), events(1));
    const claimed = await both.gateway.intake.claim(100_000, 0);
    for (const id of [receipt.id, receiptOf(streamedOne!)]) {
      expect(claimed.find((one) => one.receipt === id)?.message.attributes['history']).toBe('true');
    }
    const refusal = await refusalOf(streamed(both.caller.stream({ ...own, 'hub-history': 'yes' }), events(1)));
    expect(refusal).toMatchObject({ code: status.INVALID_ARGUMENT, problem: { pointer: 'Hub-History' } });
  });

  it('refuses what is no event, and repeats none of it', async () => {
    const refusal = await refusalOf(both.caller.publish(Buffer.from('Tamsin'), await metadata()));
    expect(refusal).toMatchObject({ code: status.INVALID_ARGUMENT, problem: { type: '/problems/malformed' } });
    expect(refusal.text).not.toContain('Tamsin');
  });

  it('answers with the caller’s own correlation id, in a refusal as well', async () => {
    const correlation = randomUUID();
    const own = { ...(await metadata()), 'x-correlation-id': correlation };
    const stream = both.caller.stream(own);
    const [header] = (await Promise.all([once(stream, 'metadata'), streamed(stream, events(1))]))[0] as [
      { get(name: string): string[] },
    ];
    expect(header.get('x-correlation-id')).toEqual([correlation]);
    const refusal = await refusalOf(both.caller.publish(protoEventOf(event({ id: '' })), own));
    expect(refusal.problem?.correlationId).toBe(correlation);
  });
});

describe('a hub that stops', () => {
  it('answers what it has in hand, then ends the stream so that the rest is sent elsewhere', async () => {
    const both = await openBothDoors();
    const stream = both.caller.stream({ authorization: await both.bearer() });
    const sent = events(500);
    for (const one of sent) stream.write(one);
    const all: PublishResult[] = [];
    stream.on('data', ({ results: some }: PublishStreamResponse) => all.push(...some));
    const ended = once(stream, 'end').then(() => undefined);
    const refused = refusalOf(Promise.race([once(stream, 'close'), ended]));
    await once(stream, 'data');
    await both.stop();
    expect(await refused).toMatchObject({ code: status.UNAVAILABLE, retrySeconds: 1 });
    expect(all.length).toBeGreaterThan(0);
    expect(all.map(problemOf).filter((problem) => problem !== '')).toEqual([]);
  });
});
