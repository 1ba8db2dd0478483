import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomInt, randomUUID } from 'node:crypto';
import type { EventLog, Position, RecordedEvent } from '../../kernel/event-log.js';
import { newEvents } from './new-events.js';

const WRITERS = 16;
const EVENTS = 20_000;
const STREAMS = 200;

// Repeat a run that failed with TEST_SEED; what interleaves differs all the same, what is written does not.
const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));

/** A store that resumes on position alone, without ordering its commits, loses one event in eight here. */
export function crowdOfWriters(logs: () => readonly [EventLog, EventLog]): void {
  it(`misses and repeats nothing while ${WRITERS} write and others follow (TEST_SEED=${seed})`, async () => {
    process.stdout.write(`event log, ${EVENTS} events by ${WRITERS} writers: TEST_SEED=${seed}\n`);
    const [log, other] = logs();
    const before = await log.head();
    const done = new AbortController();
    const following = [log, other].map(async (reader) => follow(reader, before, done.signal, EVENTS));
    const late = writeAll([log, other]).then(async (acknowledged) => {
      const middle = (await log.readAll(before, EVENTS / 2)).at(-1)!.position;
      return { acknowledged, rest: await follow(other, middle, done.signal, EVENTS / 2) };
    });
    const [followed, { acknowledged, rest }] = await Promise.all([Promise.all(following), late]);
    done.abort();

    const everything = await log.readAll(before, EVENTS + 1);
    const ids = everything.map(({ id }) => id);
    expect(ids).toHaveLength(EVENTS);
    expect(new Set(ids)).toEqual(acknowledged);
    for (const seen of followed) expect(seen.map(({ id }) => id)).toEqual(ids);
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(EVENTS / 2));
    everything.reduce((earlier, later) => {
      expect(later.position > earlier.position).toBe(true);
      expect(later.recordedAt >= earlier.recordedAt).toBe(true);
      return later;
    });
    for (const revisions of revisionsByStream(everything)) expect(revisions).toEqual(revisions.map((_, n) => n));
  }, 120_000);
}

/** Ids of every event whose append was acknowledged. */
async function writeAll(logs: readonly EventLog[]): Promise<Set<string>> {
  const streams = Array.from({ length: STREAMS }, () => randomUUID());
  const acknowledged = new Set<string>();
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    const plan = fc.sample(fc.tuple(fc.nat({ max: STREAMS - 1 }), fc.integer({ min: 1, max: 5 })), {
      seed: seed + writer,
      numRuns: EVENTS / WRITERS,
    });
    let left = EVENTS / WRITERS;
    for (const [stream, size] of plan) {
      const events = newEvents(Math.min(size, left));
      left -= events.length;
      await logs[writer % logs.length]!.append(streams[stream]!, 'any', events);
      for (const { id } of events) acknowledged.add(id);
      if (left === 0) return;
    }
  });
  await Promise.all(writers);
  return acknowledged;
}

async function follow(
  log: EventLog,
  after: Position | null,
  signal: AbortSignal,
  count: number,
): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  for await (const batch of log.subscribe(after, { signal })) {
    seen.push(...batch);
    if (seen.length >= count) break;
  }
  return seen;
}

function revisionsByStream(events: readonly RecordedEvent[]): number[][] {
  return [...Map.groupBy(events, ({ stream }) => stream).values()].map((own) => own.map(({ revision }) => revision));
}
