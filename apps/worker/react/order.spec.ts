import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  claimChildren,
  finishChildren,
  wantChildren,
  type DueChild,
  type Lane,
} from '../../../libs/platform/reactions/queue.js';
import { becomeCurrent, whileCurrent } from '../../../libs/platform/reactions/version.js';
import { transaction } from '../../../libs/platform/database/pool.js';
import { MissingFoundSchema, MissingReportedSchema } from '../../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { canonicalEvent } from '../../../libs/simulations/cloud-event.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { noRules, searching } from '../../../libs/testing/reactions/searching.js';
import { drain } from '../worker.loop.js';
import { drainReactions } from './reaction.loop.js';

const NOW = '2026-05-01T20:00:00.000Z';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub({ now: () => Date.parse(NOW) });
  await hub.projections.prepare();
});
afterAll(async () => hub.close());

describe('which child is derived first', () => {
  beforeEach(async () => {
    await becomeCurrent(hub.database, 'test', []);
    await hub.database.query('delete from reactions');
  });

  it('is one of whom something urgent came, before a backlog that was asked for earlier, then each as it was asked for', async () => {
    const [first, second, third, fourth] = await children(4);
    await wantChildren(hub.database, [first!]);
    await wantChildren(hub.database, [second!]);
    await wantChildren(hub.database, [third!], new Set([third!]));
    await wantChildren(hub.database, [fourth!]);
    // Asked for again: it keeps its place.
    await wantChildren(hub.database, [first!]);
    expect(await taken('asked', 4)).toEqual([third, first, second, fourth]);
  });

  it('is one that waited already, once something urgent comes of it, and no longer when that has been looked at', async () => {
    const [first, second] = await children(2);
    await wantChildren(hub.database, [first!]);
    await wantChildren(hub.database, [second!]);
    await wantChildren(hub.database, [second!], new Set([second!]));
    expect(await taken('asked', 2)).toEqual([second, first]);
    await wantChildren(hub.database, [first!]);
    await wantChildren(hub.database, [second!]);
    expect(await taken('asked', 2)).toEqual([first, second]);
  });

  it('stays urgent where something urgent came of it while it was in hand', async () => {
    const [first, second] = await children(2);
    await wantChildren(hub.database, [second!]);
    const [inHand] = await claim('asked', 1);
    await wantChildren(hub.database, [first!]);
    await wantChildren(hub.database, [second!], new Set([second!]));
    await finish([inHand!]);
    expect(await taken('asked', 2)).toEqual([second, first]);
  });

  it('is on the other lane one whose instant has come, however much is asked for, urgent or not', async () => {
    const [late, later, ...others] = await children(8);
    await finishedUntil([late!], '2026-05-01T19:00:00.000Z');
    await finishedUntil([later!], '2026-05-01T19:30:00.000Z');
    for (let round = 0; round < 2; round += 1) {
      await wantChildren(hub.database, others, new Set(others));
      expect(await taken('asked', 3)).not.toContain(late);
    }
    await wantChildren(hub.database, others, new Set(others));
    expect((await taken('instant', 3)).slice(0, 2).toSorted()).toEqual([late!, later!].toSorted());
  });

  it('is nobody’s twice: what one lane has in hand the other does not get, and together they leave nothing', async () => {
    const [late, ...others] = await children(12);
    await finishedUntil([late!], '2026-05-01T19:00:00.000Z');
    await wantChildren(hub.database, others);
    const lanes = Array.from({ length: 12 }, async (_, n) => claim(n % 2 === 0 ? 'asked' : 'instant', 3));
    const inHand = (await Promise.all(lanes)).flat().map(({ child }) => child);
    expect(new Set(inHand).size).toBe(inHand.length);
    for (const lane of ['instant', 'asked'] as const) inHand.push(...(await claim(lane, 12)).map(({ child }) => child));
    expect(inHand.toSorted()).toEqual([late!, ...others].toSorted());
  });
});

it('what capabilities call urgent asks for its child so, and nothing else does', async () => {
  await hub.database.query('delete from reactions');
  await hub.keep(told(MissingFoundSchema, 'found'), told(MissingReportedSchema, 'reported'));
  await drain(hub);
  await hub.projections.rebuild('timeline');
  // While another version derives, the log is looked through and nobody is claimed.
  await whileCurrent(hub.database, 'test', [], new AbortController().signal, async () => {
    expect(await drainReactions(hub, { capabilities: [searching], rules: noRules })).toBe(0);
  });
  const { rows } = await hub.database.query<{ type: string; urgent: boolean }>(
    `select t.type, r.urgent from reactions r join links l on l.child = r.child join timeline t on t.record = l.record order by t.type`,
  );
  expect(rows).toEqual([
    { type: MissingFoundSchema.typeName, urgent: false },
    { type: MissingReportedSchema.typeName, urgent: true },
  ]);
});

async function children(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await hub.database.query(
    'insert into children (id, provisional, created_at) select unnest($1::uuid[]), false, now()',
    [ids],
  );
  return ids;
}

async function claim(lane: Lane, limit: number): Promise<DueChild[]> {
  return await claimChildren(hub.database, { version: 'test', now: NOW, lane, limit, leaseSeconds: 60 });
}

/** Gives children back, due at `next`; without, when something happens. */
async function finish(some: readonly DueChild[], next?: string): Promise<void> {
  const derived = some.map((one) => ({ ...one, at: NOW, ...(next === undefined ? {} : { next }) }));
  await transaction(hub.database, async (connection) => finishChildren(connection, derived));
}

/** The next so many, one after the other, each finished. */
async function taken(lane: Lane, count: number): Promise<string[]> {
  const order: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const inHand = await claim(lane, 1);
    await finish(inHand);
    order.push(...inHand.map(({ child }) => child));
  }
  return order;
}

/** Has these been derived before, and be due at `next`. */
async function finishedUntil(some: readonly string[], next: string): Promise<void> {
  await wantChildren(hub.database, some);
  await finish(await claim('asked', some.length), next);
}

function told(schema: typeof MissingFoundSchema | typeof MissingReportedSchema, id: string): Telling {
  const event = canonicalEvent(schema, { id, subject: `nominal-${id}`, time: NOW }, { reportReference: id });
  return { system: 'police', door: 'events', event };
}
