import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Overloaded, type Claimed, type IntakeQueue, type Kept } from '../../kernel/intake.js';
import { incoming } from './messages.js';

export interface IntakeUnderTest {
  /** Two openings of one queue, as two processes would have it. */
  readonly queues: readonly [IntakeQueue, IntakeQueue];
  /** A queue of its own with room for `limit` messages. */
  readonly withLimit: (limit: number) => Promise<IntakeQueue>;
  close(): Promise<void>;
}

const never = new AbortController().signal;
const recorded = [{ outcome: 'recorded' }];

/** What every `IntakeQueue` keeps. */
export function describeIntake(name: string, start: () => Promise<IntakeUnderTest>): void {
  describe(`intake: ${name}`, () => {
    let tested: IntakeUnderTest;
    let here: IntakeQueue;
    let there: IntakeQueue;
    beforeAll(async () => {
      tested = await start();
      [here, there] = tested.queues;
    });
    afterAll(async () => tested.close());

    /** Claims all there is, closes it, and answers it. */
    async function drain(queue = here): Promise<Claimed[]> {
      const claimed = await queue.claim(10_000, 60);
      await queue.close(claimed.map(({ receipt }) => ({ receipt, outcomes: recorded })));
      return claimed;
    }

    describe('keeping', () => {
      it('hands a message to a worker exactly as it came', async () => {
        const body = Buffer.from([0, 255, 10, 0x5c, 0xed, 0xa0, 0x80]);
        const attributes = { id: 'exact', subject: 'Zoë/1', time: '2026-03-01T10:00:00Z' };
        const message = incoming('exact', 'exact', { body, attributes, format: '', contentType: 'text/csv; x="1"' });
        const [kept] = await here.keep([message]);
        const [claimed] = await drain();
        expect(claimed).toMatchObject({ receipt: receiptOf(kept), attempt: 1, correlation: message.correlation });
        expect(claimed?.message).toMatchObject({
          system: 'police',
          agency: 'police',
          format: '',
          contentType: 'text/csv; x="1"',
          attributes,
        });
        expect(Buffer.from(claimed!.message.body)).toEqual(body);
        expect(claimed?.message.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      });

      it('answers an empty body and an empty request', async () => {
        expect(await here.keep([])).toEqual([]);
        const [kept] = await here.keep([incoming('empty', '', { body: Buffer.alloc(0) })]);
        expect(kept?.outcome).toBe('kept');
        expect((await drain())[0]?.message.body.byteLength).toBe(0);
      });

      it('answers a message sent twice with the same receipt', async () => {
        const [first] = await here.keep([incoming('twice')]);
        const [again] = await there.keep([incoming('twice')]);
        expect(first).toMatchObject({ outcome: 'kept', status: 'received' });
        expect(again).toEqual({ outcome: 'repeated', receipt: receiptOf(first), status: 'received' });
        expect(await drain()).toHaveLength(1);
      });

      it('says what became of it when a message comes again later', async () => {
        const [first] = await here.keep([incoming('later')]);
        await drain();
        expect(await here.keep([incoming('later')])).toEqual([
          { outcome: 'repeated', receipt: receiptOf(first), status: 'recorded' },
        ]);
        expect(await drain()).toEqual([]);
      });

      it('keeps the first of two messages with one id and other content', async () => {
        const [first] = await here.keep([incoming('contested', 'first')]);
        const [second] = await there.keep([incoming('contested', 'second')]);
        expect(second).toEqual({ outcome: 'conflict', receipt: receiptOf(first) });
        const [claimed] = await drain();
        expect(Buffer.from(claimed!.message.body).toString()).toBe('{"content":"first"}');
      });

      it('judges each message of one request alone, repeats inside it included', async () => {
        const ids = ['a', 'b', 'a', 'a', 'c'].map((id) => `inside-${id}`);
        const kept = await here.keep(ids.map((id, at) => incoming(id, at === 3 ? 'other' : 'same')));
        expect(kept.map(({ outcome }) => outcome)).toEqual(['kept', 'kept', 'repeated', 'conflict', 'kept']);
        expect(receiptOf(kept[2])).toBe(receiptOf(kept[0]));
        expect(receiptOf(kept[3])).toBe(receiptOf(kept[0]));
        expect((await drain()).map(({ message }) => message.attributes['id'])).toEqual([
          'inside-a',
          'inside-b',
          'inside-c',
        ]);
      });

      it('keeps one of fifty that come at once through two doors', async () => {
        const asked = Array.from({ length: 50 }, async (_, at) => (at % 2 ? here : there).keep([incoming('at-once')]));
        const kept = (await Promise.all(asked)).flat();
        expect(kept.filter(({ outcome }) => outcome === 'kept')).toHaveLength(1);
        expect(new Set(kept.map(receiptOf)).size).toBe(1);
        expect(await drain()).toHaveLength(1);
      });

      it('keeps each once when two doors take the same messages in opposite order', async () => {
        const messages = Array.from({ length: 400 }, (_, at) => incoming(`crossing-${at}`));
        const [forth, back] = await Promise.all([here.keep(messages), there.keep(messages.toReversed())]);
        expect(forth.map(receiptOf)).toEqual(back.toReversed().map(receiptOf));
        expect([...forth, ...back].filter(({ outcome }) => outcome === 'kept')).toHaveLength(400);
        expect(await drain()).toHaveLength(400);
      });

      it('takes the same id of another system for another message', async () => {
        const kept = await here.keep([
          incoming('shared'),
          incoming('shared', 'a', { system: 'court', agency: 'court' }),
        ]);
        expect(kept.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
        await drain();
      });

      it('refuses what cannot be stored without harm to its neighbours', async () => {
        const [bad, good] = await Promise.allSettled([
          here.keep([incoming('nul', 'a', { format: 'a\0b' })]),
          here.keep([incoming('neighbour')]),
        ]);
        expect(bad.status).toBe('rejected');
        expect(good.status).toBe('fulfilled');
        expect(await drain()).toHaveLength(1);
      });

      it('takes no more than it has room for, and takes again once work is done', async () => {
        const small = await tested.withLimit(3);
        await small.keep([incoming('room-1'), incoming('room-2'), incoming('room-3')]);
        const refusal = small.keep([incoming('room-4')]);
        await expect(refusal).rejects.toBeInstanceOf(Overloaded);
        await expect(refusal).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: expect.any(Number) });
        expect(await drain(small)).toHaveLength(3);
        expect((await small.keep([incoming('room-4')]))[0]?.outcome).toBe('kept');
        await drain(small);
      });
    });

    describe('claiming', () => {
      it('hands out messages in order of arrival, up to the limit', async () => {
        for (const id of ['first', 'second', 'third']) await here.keep([incoming(`order-${id}`)]);
        const two = await here.claim(2, 60);
        const rest = await here.claim(2, 60);
        expect([...two, ...rest].map(({ message }) => message.attributes['id'])).toEqual([
          'order-first',
          'order-second',
          'order-third',
        ]);
        await here.close([...two, ...rest].map(({ receipt }) => ({ receipt, outcomes: recorded })));
      });

      it('hands out no more at once than is soon through: what is heavy comes in several turns, and one alone however heavy', async () => {
        const rows = 'CHILD\n'.repeat(8_000);
        const heavy = Array.from({ length: 8 }, (_, at) =>
          incoming(`heavy ${at}`, rows, { contentType: 'text/csv; header=present' }),
        );
        await here.keep([...heavy, incoming('heavier', rows.repeat(10), { contentType: 'text/csv' })]);
        const turns: number[] = [];
        for (let claimed = await drain(); claimed.length > 0; claimed = await drain()) turns.push(claimed.length);
        expect(turns.length).toBeGreaterThan(1);
        expect(turns.reduce((sum, count) => sum + count, 0)).toBe(9);
        expect(Math.max(...turns)).toBeLessThan(8);
      });

      it('gives two workers that claim at once no message in common, and all of them between them', async () => {
        await here.keep(Array.from({ length: 300 }, (_, at) => incoming(`shared-out-${at}`)));
        const asked = Array.from({ length: 12 }, async (_, at) => (at % 2 ? here : there).claim(40, 60));
        const claimed = (await Promise.all(asked)).flat();
        const rest = await here.claim(300, 60);
        const all = [...claimed, ...rest].map(({ receipt }) => receipt);
        expect(all).toHaveLength(300);
        expect(new Set(all).size).toBe(300);
        await here.close(all.map((receipt) => ({ receipt, outcomes: recorded })));
      });

      it('hands a message out again when the lease of the worker that had it is over', async () => {
        await here.keep([incoming('dropped')]);
        const [first] = await here.claim(1, 0.2);
        expect(await there.claim(1, 60)).toEqual([]);
        await delay(250);
        const [second] = await there.claim(1, 60);
        expect(second).toMatchObject({ receipt: first?.receipt, attempt: 2 });
        await there.close([{ receipt: second!.receipt, outcomes: recorded }]);
      });

      it('hands out nothing that is closed, also when it is closed twice', async () => {
        await here.keep([incoming('closed')]);
        const [claimed] = await here.claim(1, 0.1);
        const done = { receipt: claimed!.receipt, outcomes: recorded };
        await here.close([done]);
        await there.close([done]);
        await here.close([]);
        await delay(150);
        expect(await here.claim(1, 60)).toEqual([]);
      });

      it('leaves closed what a worker closes too late', async () => {
        const [kept] = await here.keep([incoming('too-late')]);
        const [claimed] = await here.claim(1, 60);
        const receipt = claimed!.receipt;
        await here.close([{ receipt, outcomes: recorded }]);
        await there.close([{ receipt, outcomes: [{ outcome: 'quarantined', reason: 'late' }] }]);
        expect(await here.keep([incoming('too-late')])).toEqual([
          { outcome: 'repeated', receipt: receiptOf(kept), status: 'recorded' },
        ]);
      });
    });

    describe('waiting', () => {
      it('ends when a message is kept, by another process too', async () => {
        for (const queue of [here, there]) {
          expect(await there.claim(1, 60)).toEqual([]);
          const began = performance.now();
          const waited = there.wait(20_000, never);
          // Gives a listener of another process time to be listening.
          await delay(200);
          await queue.keep([incoming(`wake-${queue === here ? 'there' : 'here'}`)]);
          await waited;
          expect(performance.now() - began).toBeLessThan(10_000);
          await drain(there);
        }
      });

      it('ends at once when a message came in after the last claim', async () => {
        expect(await here.claim(1, 60)).toEqual([]);
        await here.keep([incoming('between')]);
        const began = performance.now();
        await here.wait(20_000, never);
        expect(performance.now() - began).toBeLessThan(1_000);
        await drain();
      });

      it('ends by itself, and when told to', async () => {
        await drain();
        // What the keepers above rang may still arrive.
        await delay(100);
        await drain();
        const began = performance.now();
        await here.wait(150, never);
        const stop = new AbortController();
        const waited = here.wait(20_000, stop.signal);
        stop.abort();
        await waited;
        await here.wait(20_000, stop.signal);
        expect(performance.now() - began).toBeLessThan(10_000);
      });
    });
  });
}

function receiptOf(kept: Kept | undefined): string {
  if (!kept) throw new Error('no answer');
  return kept.receipt;
}
