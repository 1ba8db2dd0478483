import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ErasureRefused, eraseChild } from '../../apps/ops/erase/erase.js';
import { verify } from '../../apps/ops/verify/verify.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { SaidToBeWrongSchema, SignificanceJudgedSchema } from '../../libs/contracts/gen/hub/record/v1/record_pb.js';
import { messageOf } from '../../libs/platform/annotations/saying.js';
import { readConfig } from '../../libs/platform/config.js';
import { open } from '../../libs/platform/keys/seal.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import { keptMessage, type Telling } from '../../libs/simulations/telling.js';
import { projected } from '../../libs/projected.js';

/** What would betray the child: names, identifiers, and the sources' own keys. */
const marks = [
  'Wexcombe',

  'Fennimoor',
  '9990001014',
  '2024/0004101',
  'nominal-70101',
  '870101',
  'CV-2041',
  'A7101KF',
  'Dog at the address',
];

/** On a server of its own, so that every byte the hub ever wrote lies in one folder. */
describe('erasing a child', () => {
  let folder: string;
  let parts: OpenedParts;
  let projections: Projections;
  let tellings: readonly Telling[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-erasure-'));
    parts = await openParts(readConfig({ HUB_DATA: folder }), createLogger('silent'));
    projections = new Projections(parts, projected);
    tellings = childhood(new Date().toISOString());
    await keep();
    await drain(parts);
    await annotate();
    await follow();
  });
  afterAll(async () => {
    await projections.close();
    await parts.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is refused while a retention hold applies, and changes nothing', async () => {
    const refused = eraseChild({ child: await childOf('nominal-70101'), reason: 'asked for', who: 'test' }, parts);
    await expect(refused).rejects.toThrow(ErasureRefused);
    expect((await parts.database.query('select from erasures')).rowCount).toBe(0);
  });

  it('leaves nothing that names the child, in the files or in a dump, and the hub still verifies', async () => {
    const before = await recordsReadable();
    expect(before).toContain('police nominal-70101');
    const others = before.filter((name) => name.includes('70202') || name.includes('70303'));
    expect(others).toHaveLength(2);
    const child = await childOf('nominal-70101');

    const erased = await eraseChild(
      { child, reason: 'asked for', who: 'test', despiteHold: 'a test childhood' },
      parts,
    );
    expect(erased.records).toBe(7);

    await projections.rebuild('timeline');
    await projections.rebuild('caseload');
    await projections.rebuild('annotations');
    const verified = await verify(parts, () => undefined);
    expect(verified.problems).toEqual([]);
    expect(verified.erasedEvents).toBeGreaterThan(20);
    expect(await rowsOf(child)).toBe(0);
    expect(await recordsReadable()).toEqual(expect.arrayContaining(others));

    await parts.database.query('checkpoint');
    const files = await filesUnder(join(folder, 'postgres'));
    expect(files.some((file) => file.includes('pg_wal'))).toBe(true);
    for (const file of files) {
      const bytes = await readFile(file);
      expect({ file, found: marks.filter((mark) => bytes.includes(mark)) }).toEqual({ file, found: [] });
    }
    const dump = await dumpOf(parts);
    expect(dump.length).toBeGreaterThan(10_000);
    expect(marks.filter((mark) => dump.includes(mark))).toEqual([]);
  });

  it('stays erased when every partner sends everything again', async () => {
    const events = await parts.log.head();
    await keep();
    await drain(parts);
    expect(await parts.log.head()).toBe(events);
    await expect(childOf('nominal-70101')).rejects.toThrow('no record');
  });

  /** Somebody writes of the child in their own words. */
  async function annotate(): Promise<void> {
    const { rows } = await parts.database.query<{ record: string; fact: string; id: string }>(
      `select stream as record, meta ->> 'fact' as fact, id from log_events where type = 'hub.police.v1.Arrested' limit 1`,
    );
    const { record: stream = '', fact = '', id: version = '' } = rows[0] ?? {};
    const by = { who: 'sam.sayer', name: 'Sam Sayer', role: 'case-manager' };
    const about = { agency: 'yos', stream, at: new Date().toISOString(), correlation: randomUUID() } as const;
    const said = { fact, version, by };
    await parts.intake.keep([
      messageOf({
        ...about,
        messageId: randomUUID(),
        schema: SignificanceJudgedSchema,
        said: { ...said, significant: true, note: 'Wexcombe: seen with her' },
      }),
      messageOf({
        ...about,
        messageId: randomUUID(),
        schema: SaidToBeWrongSchema,
        said: { ...said, what: 'Not Kit: Wexcombe' },
      }),
    ]);
    await drain(parts);
    const { rows: kept } = await parts.database.query<{ type: string }>(
      `select type from log_events where type like 'hub.record.v1.S%' and stream = $1`,
      [stream],
    );
    expect(kept).toHaveLength(2);
  }

  async function keep(): Promise<void> {
    await parts.intake.keep(
      tellings.map((telling) => {
        const { receivedAt: _, ...message } = keptMessage(telling, '');
        const messageId =
          telling.door === 'events'
            ? telling.event.id
            : (telling.headers['hub-message-id'] ?? `sha256 of ${telling.body}`);
        return { ...message, messageId, canonical: message.body, correlation: crypto.randomUUID() };
      }),
    );
  }

  async function follow(): Promise<void> {
    const stop = new AbortController();
    const running = projections.run(stop.signal);
    await projections.settled();
    stop.abort();
    await running;
  }

  async function childOf(sourceKey: string): Promise<string> {
    const { rows } = await parts.database.query<{ child: string }>(
      `select l.child from records r join links l on l.record = r.stream and l.known_to = 'infinity' where r.key_hash = $1`,
      [parts.keys.hash('record', 'police', sourceKey)],
    );
    if (!rows[0]) throw new Error('no record');
    return rows[0].child;
  }

  async function recordsReadable(): Promise<string[]> {
    const { rows } = await parts.database.query<{ stream: string; system: string; key_id: string; source_key: Buffer }>(
      'select stream, system, key_id, source_key from records',
    );
    const keys = await parts.keys.find(rows.map((row) => row.key_id));
    return rows.flatMap((row) => {
      const key = keys.get(row.key_id);
      return key ? [`${row.system} ${open(key, row.source_key, row.stream).toString()}`] : [];
    });
  }

  async function rowsOf(child: string): Promise<number> {
    const { rows } = await parts.database.query<{ count: bigint }>(
      'select count(*) from timeline t join links l on l.record = t.record where l.child = $1',
      [child],
    );
    return Number(rows[0]?.count ?? -1n);
  }
});

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Every row of every table of both databases as text, with what is stored as bytes also read as text. */
async function dumpOf({ urls }: OpenedParts): Promise<string> {
  const texts: string[] = [];
  for (const url of [urls.hub, urls.keys]) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      for (const { row } of rows) {
        const bytes = [...row.matchAll(/\\\\x([0-9a-f]*)/g)].map(([, hex]) =>
          Buffer.from(hex ?? '', 'hex').toString('latin1'),
        );
        texts.push(row, ...bytes);
      }
    }
    await client.end();
  }
  return texts.join('\n');
}
