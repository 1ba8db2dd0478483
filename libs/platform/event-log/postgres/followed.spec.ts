import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { EventLog, EventMeta, NewEvent, Position, RecordedEvent } from '../../../kernel/event-log.js';
import { newEvents } from '../../../testing/event-log/new-events.js';
import { testDatabases, type TestDatabases } from '../../../testing/postgres/databases.js';
import { openPool, type Database } from '../../database/pool.js';
import { openPostgresEventLog } from './event-log.js';

const DEADLINE_MS = 45_000;

/** Two processes' logs on one database, and what those who follow them are given. */
describe('what a process has appended, given to those of it that follow the log', () => {
  let databases: TestDatabases;
  let pool: Database;
  let log: EventLog;
  let other: EventLog;
  beforeAll(async () => {
    databases = await testDatabases();
    pool = openPool(databases.hub, 'test');
    log = await openPostgresEventLog({ pool, wake: databases.hub });
    other = await openPostgresEventLog({ pool, wake: databases.hub });
  });
  afterAll(async () => {
    await log.close();
    await other.close();
    await pool.end();
    await databases.drop();
  });

  it(
    'is what the table holds, and is not read from there',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(appends, { minLength: 1, maxLength: 6 }), async (all) => {
          const { reader, position } = await reading(log);
          const streams = [randomUUID(), randomUUID().toUpperCase()];
          await Promise.allSettled(
            all.flatMap(({ stream, expected, events, again }) =>
              Array.from({ length: again ? 2 : 1 }, async () => log.append(streams[stream]!, expected, events)),
            ),
          );
          const stored = await log.readAll(position, 1_000);
          for (const event of all.flatMap(({ events }) => events)) spoil(event);
          await pool.query(`update log_events set type = 'read from the table' where position > $1`, [position]);
          const seen: RecordedEvent[] = [];
          while (seen.length < stored.length) seen.push(...(await next(reader)));
          await reader.return?.();
          expect(seen).toStrictEqual(stored);
        }),
        { numRuns: 40 },
      );
    },
    DEADLINE_MS,
  );

  it(
    'goes with what another process appends between, whole and in order, from wherever a reader begins',
    async () => {
      const step = fc.record({ by: fc.nat({ max: 1 }), size: fc.integer({ min: 1, max: 4 }), waits: fc.boolean() });
      const how = { batch: fc.integer({ min: 1, max: 9 }), slow: fc.boolean() };
      const follower = fc.record({ of: fc.nat({ max: 1 }), from: fc.nat({ max: 5 }), ...how });
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 1, maxLength: 30 }),
          fc.array(follower, { minLength: 1, maxLength: 5 }),
          async (steps, followers) => {
            const logs = [log, other];
            const { position } = await log.append(randomUUID(), 'any', newEvents(6));
            const count = steps.reduce((sum, { size }) => sum + size, 0);
            const following = followers.map(async ({ of, from, ...how }) =>
              follow(logs[of]!, position - BigInt(from), count + from, how),
            );
            const underWay: Promise<unknown>[] = [];
            for (const { by, size, waits } of steps) {
              const appending = logs[by]!.append(randomUUID(), 'any', newEvents(size));
              underWay.push(appending);
              if (waits) await appending;
            }
            await Promise.all(underWay);
            const stored = await log.readAll(position - 5n, 1_000);
            for (const [n, seen] of (await Promise.all(following)).entries()) {
              expect(seen).toStrictEqual(stored.slice(5 - followers[n]!.from));
            }
          },
        ),
        { numRuns: 40 },
      );
    },
    DEADLINE_MS,
  );

  it(
    'is read from the table by a reader for which too much has come meanwhile',
    async () => {
      const { reader, position } = await reading(log);
      const megabyte = Buffer.alloc(1_048_576, 7);
      for (let count = 40; count > 0; count -= 1) await log.append(randomUUID(), 'any', newEvents(1, megabyte));
      const seen: Position[] = [];
      while (seen.length < 40) seen.push(...(await next(reader)).map((event) => event.position));
      await reader.return?.();
      expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => position + BigInt(n) + 1n));
    },
    DEADLINE_MS,
  );
});

/** A reader that has been given what there is, to `position`, and has not asked for more. */
async function reading(log: EventLog) {
  const head = await log.head();
  const events = log.subscribe(head, { signal: new AbortController().signal, batch: 3 });
  const reader = events[Symbol.asyncIterator]();
  const { position } = await log.append(randomUUID(), 'any', newEvents(1));
  expect((await next(reader)).map((event) => event.position)).toEqual([position]);
  return { reader, position };
}

async function next(reader: AsyncIterator<RecordedEvent[]>): Promise<RecordedEvent[]> {
  const step = await reader.next();
  if (step.done === true) throw new Error('the log ended');
  return step.value;
}

async function follow(log: EventLog, after: Position, count: number, how: { batch: number; slow: boolean }) {
  const seen: RecordedEvent[] = [];
  for await (const events of log.subscribe(after, { signal: new AbortController().signal, batch: how.batch })) {
    expect(events.length).toBeLessThanOrEqual(how.batch);
    seen.push(...events);
    if (seen.length >= count) break;
    if (how.slow) await log.head();
  }
  return seen;
}

/** As a caller may who has been answered: the bytes and the object were only lent. */
function spoil({ data, meta }: NewEvent): void {
  data.fill(0);
  Object.assign(meta, { system: 'spoilt' });
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\uD800', 'x\uDC00', 'Zoë \u{1F600}'));

/** Also what no type of ours allows: whatever JSON makes of it is what is read. */
const more = fc.record(
  {
    supersedes: fc.option(fc.uuid(), { nil: undefined }),
    historic: fc.constant(true),
    handling: text,
    number: fc.double(),
    anything: fc.jsonValue(),
    at: fc.date({ noInvalidDate: true }),
    gone: fc.constant(undefined),
  },
  { requiredKeys: [] },
);

const metas = more.map((members): EventMeta => Object.assign({}, newEvents(1)[0]!.meta, members));

const events = fc.record<NewEvent>({
  id: fc.uuid().chain((id) => fc.constantFrom(id, id.toUpperCase())),
  type: text.map((type) => type.replaceAll('\0', '')),
  meta: metas,
  data: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.uint8Array({ minLength: 8, maxLength: 40 }).map((bytes) => Buffer.from(bytes).subarray(3)),
  ),
});

/** To one of two streams; some are refused, some are sent again. */
const appends = fc.record({
  stream: fc.nat({ max: 1 }),
  expected: fc.constantFrom('any' as const, 'no-stream' as const, 0),
  events: fc.array(events, { minLength: 1, maxLength: 4 }),
  again: fc.boolean(),
});
