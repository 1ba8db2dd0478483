import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { RevisionConflict, type EventLog } from '../../kernel/event-log.js';
import { crowdOfWriters } from './crowd.features.js';
import { newEvents } from './new-events.js';
import { streamModel } from './stream-model.features.js';

export interface EventLogUnderTest {
  /** Another opening of the same, at first empty, log: as another process would have it. */
  open(): Promise<EventLog>;
  close(): Promise<void>;
}

/** What every `EventLog` keeps: only the port's promises, so positions are compared and never counted. */
export function describeEventLog(name: string, start: () => Promise<EventLogUnderTest>): void {
  describe(`event log: ${name}`, () => {
    let tested: EventLogUnderTest;
    let log: EventLog;
    let other: EventLog;
    beforeAll(async () => {
      tested = await start();
      log = await tested.open();
      other = await tested.open();
    });
    afterAll(async () => {
      await Promise.all([log.close(), other.close()]);
      await tested.close();
    });
    const logs = (): readonly [EventLog, EventLog] => [log, other];

    it('is empty at first', async () => {
      expect(await log.head()).toBeNull();
      expect(await log.readAll(null, 10)).toEqual([]);
      expect(await log.readStream(randomUUID())).toEqual([]);
      expect(await log.revisions([randomUUID()])).toEqual(new Map());
      expect(await log.readStreams([randomUUID()])).toEqual(new Map());
    });

    it('gives back what was appended, with its place and time', async () => {
      const stream = randomUUID();
      const events = newEvents(2, Buffer.from([0, 1, 127, 128, 255]));
      const appended = await log.append(stream, 'no-stream', events);
      expect(appended).toEqual({ revision: 1, position: await other.head(), repeated: false });
      const read = await other.readStream(stream);
      expect(read).toMatchObject(events.map((event, revision) => ({ ...event, stream, revision })));
      expect(read[1]?.position).toBe(appended.position);
      expect(new Date(read[0]!.recordedAt).toISOString()).toBe(read[0]!.recordedAt);
      expect(await other.readStream(stream, 1)).toEqual(read.slice(1));
      expect(await other.readStreams([stream, randomUUID(), stream])).toEqual(new Map([[stream, read]]));
      expect(await other.revisions([stream, randomUUID()])).toEqual(new Map([[stream, 1]]));
    });

    it('refuses an append whose expectation does not hold, and writes nothing of it', async () => {
      const stream = randomUUID();
      await expect(log.append(stream, 0, newEvents(1))).rejects.toEqual(new RevisionConflict(stream, 0, -1));
      await log.append(stream, 'no-stream', newEvents(3));
      await expect(log.append(stream, 'no-stream', newEvents(1))).rejects.toMatchObject({ actual: 2 });
      await expect(log.append(stream, 1, newEvents(2))).rejects.toMatchObject({ actual: 2, expected: 1 });
      await expect(log.append(stream, 7, newEvents(1))).rejects.toBeInstanceOf(RevisionConflict);
      expect(await log.append(stream, 2, newEvents(1))).toMatchObject({ revision: 3 });
      expect(await log.append(stream, 'any', newEvents(2))).toMatchObject({ revision: 5 });
      expect(await log.readStream(stream)).toHaveLength(6);
    });

    it('lets one of many win who want the same revision at once, and harms nobody beside them', async () => {
      const contested = randomUUID();
      const asked = Array.from({ length: 40 }, async (_, n) =>
        logs()[n % 2]!.append(contested, 'no-stream', newEvents(2)),
      );
      const beside = Array.from({ length: 40 }, async () => log.append(randomUUID(), 'no-stream', newEvents(1)));
      const outcomes = await Promise.allSettled(asked);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(39);
      for (const { reason } of refused) expect(reason).toMatchObject({ code: 'revision-conflict', actual: 1 });
      expect((await Promise.all(beside)).every(({ revision }) => revision === 0)).toBe(true);
      expect(await log.readStream(contested)).toHaveLength(2);
    });

    it('lets appends to one stream follow one another without waiting for answers', async () => {
      const stream = randomUUID();
      const appends = newEvents(30).map(async (event, n) => log.append(stream, n === 0 ? 'no-stream' : n - 1, [event]));
      const outcomes = await Promise.allSettled(appends);
      // An engine may reorder what nobody waited for, and then refuses; it never writes out of order.
      const written = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value.revision);
      expect(written).toEqual(written.map((_, n) => n));
      expect(await log.readStream(stream)).toHaveLength(written.length);
    });

    it('writes an append once, however often it is sent after its answer was lost', async () => {
      const stream = randomUUID();
      const [first, second] = [newEvents(2), newEvents(3)];
      const sent = await Promise.all(
        [first, first, first].map(async (events) => log.append(stream, 'no-stream', events)),
      );
      expect(sent.map(({ repeated }) => repeated).sort()).toEqual([false, true, true]);
      expect(new Set(sent.map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1);
      const next = await log.append(stream, 1, second);
      for (const again of logs()) {
        expect(await again.append(stream, 1, second)).toEqual({ ...next, repeated: true });
        expect(await again.append(stream, 'no-stream', first)).toEqual({ ...sent[0], repeated: true });
      }
      await expect(log.append(stream, 1, newEvents(3))).rejects.toBeInstanceOf(RevisionConflict);
      await expect(log.append(stream, 1, second.toReversed())).rejects.toBeInstanceOf(RevisionConflict);
      expect(await log.readStream(stream)).toHaveLength(5);
    });

    it('reads all in order, in portions, from any position', async () => {
      const whole = await log.readAll(null, 10_000);
      expect(whole.length).toBeGreaterThan(20);
      expect(whole.at(-1)?.position).toBe(await log.head());
      const middle = whole[9]!.position;
      expect(await log.readAll(middle, 5)).toEqual(whole.slice(10, 15));
      expect(await log.readAll(whole.at(-1)!.position, 5)).toEqual([]);
    });

    it('follows from the middle: what exists, then what comes, until the signal aborts', async () => {
      const all = await log.readAll(null, 10_000);
      const stop = new AbortController();
      const seen: string[] = [];
      const later = newEvents(3);
      for await (const batch of log.subscribe(all[4]!.position, { signal: stop.signal, batch: 7 })) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(7);
        seen.push(...batch.map(({ id }) => id));
        if (seen.length === all.length - 5) await other.append(randomUUID(), 'no-stream', later);
        if (seen.length >= all.length - 2) stop.abort();
      }
      expect(seen).toEqual([...all.slice(5), ...later].map(({ id }) => id));
    });

    it('ends a reader that waits when its signal aborts, or when the log is closed', async () => {
      const third = await tested.open();
      const head = await third.head();
      const stop = new AbortController();
      const drained = async (signal: AbortSignal): Promise<number> => {
        let batches = 0;
        for await (const batch of third.subscribe(head, { signal })) batches += batch.length;
        return batches;
      };
      const readers = [drained(stop.signal), drained(new AbortController().signal), drained(AbortSignal.abort())];
      stop.abort();
      expect(await readers[0]).toBe(0);
      await third.close();
      expect(await Promise.all(readers)).toEqual([0, 0, 0]);
      await expect(third.append(randomUUID(), 'any', newEvents(1))).rejects.toThrow(/closed/);
    });

    streamModel(logs);
    crowdOfWriters(logs);
  });
}
