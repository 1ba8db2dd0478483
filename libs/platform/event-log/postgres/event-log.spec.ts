import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '../../../kernel/event-log.js';
import { describeEventLog } from '../../../testing/event-log/event-log.features.js';
import { newEvents } from '../../../testing/event-log/new-events.js';
import { testDatabases, type TestDatabases } from '../../../testing/postgres/databases.js';
import { openPool, type Database } from '../../database/pool.js';
import { openPostgresEventLog } from './event-log.js';
import { LogDamaged } from './read.js';

describeEventLog('PostgreSQL', async () => {
  const databases = await testDatabases();
  const pools: Database[] = [];
  return {
    open: async () => {
      const pool = openPool(databases.hub, 'test');
      pools.push(pool);
      return openPostgresEventLog({ pool, wake: databases.hub });
    },
    close: async () => {
      await Promise.all(pools.map(async (pool) => pool.end()));
      await databases.drop();
    },
  };
});

describe('event log on PostgreSQL', () => {
  let databases: TestDatabases;
  let pool: Database;
  let log: EventLog;
  beforeAll(async () => {
    databases = await testDatabases();
    pool = openPool(databases.hub, 'test');
    log = await openPostgresEventLog({ pool });
  });
  afterAll(async () => {
    await log.close();
    await pool.end();
    await databases.drop();
  });
  afterEach(async () => {
    await pool.query('alter table log_events drop constraint if exists planted');
  });

  it('counts positions without a gap, also past a refused append, a failed one and a flush cut off', async () => {
    const before = (await log.head()) ?? 0n;
    const stream = randomUUID();
    await pool.query(`alter table log_events add constraint planted check (type <> 'planted')`);
    await Promise.allSettled([
      log.append(stream, 'no-stream', newEvents(3)),
      log.append(stream, 'no-stream', newEvents(2)),
      log.append(randomUUID(), 'any', [{ ...newEvents(1)[0]!, type: 'planted' }]),
      log.append(randomUUID(), 'any', newEvents(2)),
    ]);
    await log.append(stream, 2, newEvents(1));
    const { rows } = await pool.query('select position from log_events where position > $1 order by position', [
      before,
    ]);
    expect(rows).toEqual(Array.from({ length: 6 }, (_, n) => ({ position: before + BigInt(n) + 1n })));
    expect(await log.head()).toBe(before + 6n);
  });

  it('fails only the append whose content the server does not take', async () => {
    await pool.query(`alter table log_events add constraint planted check (type <> 'planted')`);
    const outcomes = await Promise.allSettled([
      log.append(randomUUID(), 'any', newEvents(1)),
      log.append(randomUUID(), 'any', [{ ...newEvents(1)[0]!, type: 'planted' }]),
      log.append(randomUUID(), 'any', newEvents(1)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('writes more in one turn than a flush holds, and an append larger than one', async () => {
    const many = Array.from({ length: 2_500 }, async () => log.append(randomUUID(), 'no-stream', newEvents(1)));
    const large = await log.append(randomUUID(), 'no-stream', newEvents(2_001));
    expect(large.revision).toBe(2_000);
    expect(new Set((await Promise.all(many)).map(({ position }) => position)).size).toBe(2_500);
  });

  it('refuses, before they reach a flush, requests the server could not read', async () => {
    const [event] = newEvents(1);
    await expect(log.append('court:1', 'any', [event!])).rejects.toThrow(TypeError);
    await expect(log.append(randomUUID(), 'any', [])).rejects.toThrow(TypeError);
    await expect(log.append(randomUUID(), -1, [event!])).rejects.toThrow(TypeError);
    await expect(log.append(randomUUID(), 'any', [{ ...event!, id: 'x' }])).rejects.toThrow(TypeError);
    await expect(log.append(randomUUID(), 'any', [{ ...event!, type: 'a\0b' }])).rejects.toThrow(TypeError);
  });

  it('rejects every append of a flush whose connection is cut, and takes the same appends again', async () => {
    const blocker = await pool.connect();
    await blocker.query('begin; lock table log_head in exclusive mode');
    const appends = newEvents(5).map((event) => ({ stream: randomUUID(), events: [event] }));
    const send = async (): Promise<PromiseSettledResult<unknown>[]> =>
      Promise.allSettled(appends.map(async ({ stream, events }) => log.append(stream, 'no-stream', events)));
    const cut = send();
    let cutOff = 0;
    while (cutOff === 0) {
      const { rowCount } = await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock' and query like '%log_append%'`,
      );
      cutOff = rowCount ?? 0;
    }
    expect((await cut).map(({ status }) => status)).toEqual(appends.map(() => 'rejected'));
    await blocker.query('rollback');
    blocker.release();
    expect((await send()).map(({ status }) => status)).toEqual(appends.map(() => 'fulfilled'));
  });

  it('follows what others write although no notification ever arrives', async () => {
    const deaf = await openPostgresEventLog({ pool });
    const head = await log.head();
    const stop = new AbortController();
    const [event] = newEvents(1);
    const seen: string[] = [];
    for await (const batch of firstIdle(deaf.subscribe(head, { signal: stop.signal }), async () => {
      await log.append(randomUUID(), 'any', [event!]);
    })) {
      seen.push(...batch.map(({ id }) => id));
      stop.abort();
    }
    expect(seen).toEqual([event!.id]);
    await deaf.close();
  });

  it('follows what a process of an older version appends beside it', async () => {
    const reader = log.subscribe(await log.head(), { signal: new AbortController().signal })[Symbol.asyncIterator]();
    const stream = randomUUID();
    const [first, second, third] = newEvents(3);
    await log.append(stream, 'no-stream', [first!]);
    await pool.query(
      `select * from log_append(array[$1]::uuid[], '{1}', '{0}', '{1}', '{1}', '{1}', array[$2]::uuid[], '{older}', '{"{}"}', '{""}')`,
      [stream, second!.id],
    );
    await log.append(stream, 1, [third!]);
    const seen: string[] = [];
    while (seen.length < 3) {
      const step = await reader.next();
      if (step.done === true) break;
      seen.push(...step.value.map(({ id }) => id));
    }
    await reader.return?.();
    expect(seen).toEqual([first!.id, second!.id, third!.id]);
  });

  it('refuses a reader that is ahead of the log, as after a restored backup', async () => {
    const { position } = await log.append(randomUUID(), 'any', newEvents(1));
    const ahead = log.subscribe(position + 1n, { signal: new AbortController().signal })[Symbol.asyncIterator]();
    await expect(ahead.next()).rejects.toThrow(LogDamaged);
  });

  it('stops at a gap instead of passing over it', async () => {
    const { position } = await log.append(randomUUID(), 'any', newEvents(3));
    await pool.query('delete from log_events where position = $1', [position - 1n]);
    await expect(log.readAll(position - 3n, 10)).rejects.toThrow(LogDamaged);
    await expect(log.readAll(position - 1n, 10)).resolves.toHaveLength(1);
  });
});

/** Starts the iteration first, gives its reader time to find nothing and wait, and then does `work`. */
async function* firstIdle<T>(iterable: AsyncIterable<T>, work: () => Promise<void>): AsyncGenerator<T> {
  const iterator = iterable[Symbol.asyncIterator]();
  const first = iterator.next();
  await delay(50);
  await work();
  for (let next = await first; next.done !== true; next = await iterator.next()) yield next.value;
}
