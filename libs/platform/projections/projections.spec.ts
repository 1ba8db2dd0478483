import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataKey, KeyStore } from '../../kernel/keys.js';
import type { EventLog, EventMeta } from '../../kernel/event-log.js';
import type { Projection } from '../../kernel/projection.js';
import { memoryKeyStore } from '../../testing/keys/memory-key-store.js';
import { note, notesProjection, type NoteRow } from '../../testing/projections/notes.js';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { openPool, type Database } from '../database/pool.js';
import { openPostgresEventLog } from '../event-log/postgres/event-log.js';
import { createLogger } from '../telemetry/logger.js';
import { createMetrics } from '../telemetry/metrics.js';
import { Projections } from './engine.js';
import { eraseRows } from './erase.js';
import { measure } from './lag.js';
import type { ProjectionParts } from './parts.js';

let name = '';
let seen: string[] = [];
const notes = (version = 1, mark = ''): Projection<NoteRow> =>
  notesProjection(name, (text) => seen.push(text), version, mark);

describe('projections', () => {
  let databases: TestDatabases;
  let database: Database;
  let log: EventLog;
  let keys: KeyStore;
  let key: DataKey;
  let lines: string[];
  let parts: ProjectionParts;
  const record = randomUUID();

  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'test', 20);
    log = await openPostgresEventLog({ pool: database });
    keys = memoryKeyStore();
    [key] = (await keys.take(1)) as [DataKey];
  });
  beforeEach(() => {
    name = `notes_${randomUUID().slice(0, 8)}`;
    seen = [];
    lines = [];
    const logger = createLogger('info', { write: (line) => lines.push(line) });
    parts = { database, log, keys, logger, metrics: createMetrics() };
  });
  afterAll(async () => {
    await log.close();
    await database.end();
    await databases.drop();
  });

  async function append(texts: readonly string[], meta: Partial<EventMeta> = {}, of = key): Promise<string[]> {
    const events = texts.map((text) => note(text, of, meta));
    await log.append(record, 'any', events);
    return events.map(({ id }) => id);
  }

  async function following<T>(projection: Projection, work: (projections: Projections) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const projections = new Projections(parts, [projection]);
    await projections.prepare();
    const running = projections.run(stop.signal);
    try {
      return await work(projections);
    } finally {
      stop.abort();
      await running;
    }
  }

  const rows = async (): Promise<unknown[]> =>
    (await database.query(`select * from ${name} order by key`)).rows as unknown[];

  it('puts and patches in order, within a batch and across batches', async () => {
    await following(notes(), async (projections) => {
      const [first = ''] = await append(['one']);
      await projections.settled();
      const second = note('two', key, { supersedes: first });
      const third = note('three', key, { supersedes: second.id });
      await log.append(record, 'any', [second, third]);
      await projections.settled();
      const { rows: found } = await database.query<NoteRow>(
        `select text, replaced_by from ${name} where key = any($1) order by text`,
        [[first, second.id, third.id]],
      );
      expect(found).toEqual([
        { text: 'one', replaced_by: second.id },
        { text: 'three', replaced_by: null },
        { text: 'two', replaced_by: third.id },
      ]);
    });
  });

  it('a rebuild gives the rows that live following gave, while readers read', async () => {
    await following(notes(), async (projections) => {
      for (let batch = 0; batch < 10; batch += 1) {
        const [id = ''] = await append(['a', 'b', 'c']);
        await append(['d'], { supersedes: id });
      }
      await projections.settled();
      const live = await rows();
      const reading = new AbortController();
      const counts = new Set<number>();
      const readers = [1, 2, 3].map(async () => {
        while (!reading.signal.aborted) counts.add((await rows()).length);
      });
      const progress: number[] = [];
      await projections.rebuild(name, { onProgress: ({ events }) => progress.push(events) });
      reading.abort();
      await Promise.all(readers);
      expect(await rows()).toEqual(live);
      expect([...counts]).toEqual([live.length]);
      expect(progress.at(-1)).toBeGreaterThanOrEqual(live.length);
      await append(['after the swap']);
      await projections.settled();
      expect(await rows()).toHaveLength(live.length + 1);
      const tables = await database.query(`select from pg_class where relkind = 'r' and relname like $1`, [
        `${name}_%`,
      ]);
      expect(tables.rowCount).toBe(1);
    });
  });

  it('parks only the event that throws and the one PostgreSQL refuses, counts them, and logs no content', async () => {
    await following(notes(), async (projections) => {
      const before = (await rows()).length;
      await append(['fine', 'poison', 'fine', 'refused', 'fine']);
      await projections.settled();
      expect((await rows()).length - before).toBeGreaterThanOrEqual(3);
      const { rows: parked } = await database.query<{ error: string }>(
        'select error from projection_parked where name = $1 order by position',
        [name],
      );
      expect(parked.map(({ error }) => error.split(' at ')[0])).toEqual(['TypeError', 'error 22021']);
      await measure(database, log, parts.metrics);
      expect(await parts.metrics.registry.getSingleMetricAsString('hub_projection_parked_events')).toContain(
        `{projection="${name}"} 2`,
      );
      expect(lines.filter((line) => line.includes('event parked'))).toHaveLength(2);
      expect(lines.join('')).not.toContain('must not be logged');
    });
  });

  it('two runners write every event once, and the second takes over when the first ends', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const one = new Projections(parts, [notes()]);
    const two = new Projections({ ...parts }, [notes()]);
    await one.prepare();
    const running = [one.run(first.signal), two.run(second.signal)];
    try {
      await one.settled();
      await append(['twice?']);
      await one.settled();
      expect(seen.filter((text) => text === 'twice?')).toHaveLength(1);
      first.abort();
      await running[0];
      await append(['taken over?']);
      await two.settled();
      expect(seen.filter((text) => text === 'taken over?')).toHaveLength(1);
    } finally {
      first.abort();
      second.abort();
      await Promise.all(running);
    }
  });

  it('drops a batch whose checkpoint has moved on, and goes on from there', async () => {
    await following(notes(), async (projections) => {
      await append(['before']);
      await projections.settled();
      const head = (await log.head()) ?? 0n;
      // Somebody else's commit, whose answer this runner never heard.
      await database.query('update projections set position = $2 where name = $1', [name, head + 1n]);
      const before = await rows();
      await append(['already written by the other']);
      await append(['next']);
      await projections.settled();
      expect(await rows()).toHaveLength(before.length + 1);
    });
  });

  it('goes on with a rebuild that was broken off', async () => {
    const projections = new Projections(parts, [notes()]);
    await projections.prepare();
    // More than one batch, so that it can break off in between.
    for (let round = 0; round < 5; round += 1) await append(Array.from({ length: 1_000 }, () => 'many'));
    const stop = new AbortController();
    const broken = projections.rebuild(name, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(broken).rejects.toThrow('aborted');
    seen = [];
    await projections.rebuild(name);
    const many = seen.filter((text) => text === 'many').length;
    expect(many).toBeGreaterThan(0);
    expect(many).toBeLessThan(5_000);
    expect(await rows()).toHaveLength(await expectedRows());
    await projections.close();
  });

  it('a raised version is rebuilt beside at start while the old rows serve', async () => {
    await following(notes(), (projections) => projections.settled());
    const old = (await rows()).length;
    await following(notes(2, '!'), async () => {
      for (;;) {
        const found = (await rows()) as NoteRow[];
        expect(found).toHaveLength(old);
        if (found.every(({ text }) => text.endsWith('!'))) return;
      }
    });
    const { rows: builds } = await database.query('select build, version, live from projections where name = $1', [
      name,
    ]);
    expect(builds).toEqual([{ build: 2, version: 2, live: true }]);
  });

  it('an event whose key is gone is met as erased', async () => {
    const [gone] = (await keys.take(1)) as [DataKey];
    const [id] = await append(['secret'], {}, gone);
    await keys.destroy([gone.id]);
    await following(notes(), async (projections) => {
      await projections.settled();
      const { rows: found } = await database.query<NoteRow>(`select text from ${name} where key = $1`, [id]);
      expect(found).toEqual([{ text: 'erased' }]);
    });
  });

  it('erased rows go from every build, and no rebuild brings them back', async () => {
    const erased = randomUUID();
    await log.append(erased, 'no-stream', [note('to be erased', key)]);
    await following(notes(), async (projections) => {
      await projections.settled();
      const before = await rows();
      await database.query(
        `insert into erasures (id, child, reason, who, at, streams, receipts)
         values (gen_random_uuid(), gen_random_uuid(), 'test', 'test', now(), $1, '{}')`,
        [[erased]],
      );
      expect(await eraseRows(database, [erased])).toBeGreaterThanOrEqual(1);
      const after = await rows();
      expect(after).toHaveLength(before.length - 1);
      await projections.rebuild(name);
      expect(await rows()).toEqual(after);
      await log.append(erased, 'any', [note('late', key)]);
      await projections.settled();
      expect(await rows()).toEqual(after);
    });
  });

  async function expectedRows(): Promise<number> {
    const { rowCount: parked } = await database.query('select from projection_parked where name = $1', [name]);
    return Number(await log.head()) - (parked ?? 0);
  }
});
