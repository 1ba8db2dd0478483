import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../apps/ops/verify/verify.js';
import type { CloudEvent } from '../../libs/simulations/cloud-event.js';
import { saidAgain } from '../../libs/testing/reactions/said-again.js';
import { standing, toldTwice } from '../../libs/testing/reactions/standing.js';
import { toldAt } from '../../libs/testing/stories/safeguarding.js';
import { randomFrom, type Random } from '../fuzz/random.js';
import { anyOrder, chunks, familiesTold, twice } from './families.js';
import { whileHeld } from './gates.js';
import { heardAsItShould, misheard } from './partner-heard.js';
import { openSplitHub, type SplitHub } from './split-hub.js';
import { undisturbed } from './undisturbed.js';
import { until } from './until.js';

const kills = Number(process.env['HUB_FAULT_KILLS'] ?? 5);
const FEW = 5;
const long = kills > FEW;
/** Under the stream. With few kills the others are of one that is held, and while all of it is told again. */
const atRandom = long ? kills : 2;
const PATIENCE_MS = 300_000;
/** So many hours after it was told. */
const after = (hours: number): string => new Date(Date.parse(toldAt) + hours * 3_600_000).toISOString();

describe('duties and notices while workers are killed, one is frozen, and PostgreSQL is away', () => {
  const seed = Math.floor(Math.random() * 1e9);
  const random = randomFrom(seed);
  const families = familiesTold(long ? 12 : 4, long ? seed : 4);
  let hub: SplitHub;
  beforeAll(async () => {
    process.stdout.write(`faults: seed ${seed}\n`);
    hub = await openSplitHub(toldAt, { patient: long });
  }, PATIENCE_MS);
  afterAll(async () => hub.close(), PATIENCE_MS);

  it(
    'end as in a hub that nothing befell, each once in the log, and the partner is told of each in order',
    async () => {
      const [first = [], second = [], third = [], ...others] = families;
      await killedAfterItAppended(hub, first, random);
      await killedAtRandom(hub, others.flat(), random);
      await frozenWithNews(hub, second, random);
      await databaseAway(hub, third, random);
      // The clock goes on, past limits, and steps back meanwhile.
      for (const hours of [30, 5, 80]) {
        await hub.at(after(hours));
        await hub.settled();
      }
      await hub.delivered();

      const expected = await undisturbed(families.flat(), [after(0), after(30), after(80)]);
      expect(expected.flatMap(({ duties }) => duties).join()).toContain('overdue');
      expect(await standing(hub.parts)).toEqual(expected);
      await eachOnce(hub);
      process.stdout.write(`${expected.length} children, ${summary(hub)}\n`);
    },
    PATIENCE_MS + kills * 15_000,
  );

  it(
    'stay as they are, and nobody is told again, when partners deliver all of it again',
    async () => {
      const before = await everything(hub);
      const again = anyOrder(twice(families.flat()), random);
      const [some = [], more = []] = chunks(again, 2);
      await whileTelling(hub, some, async () => hub.replace(random.of([0, 1])));
      await hub.tell(more);
      await hub.delivered();
      expect(await everything(hub)).toEqual(before);
      await eachOnce(hub);
      // What is in hand at the end is finished, and then nothing is left.
      for (const which of [0, 1] as const) {
        const worker = await hub.worker(which);
        if ((await worker.stop()) !== 0) throw new Error(`worker ${which} did not stop cleanly:\n${worker.output()}`);
      }
      await hub.delivered();
    },
    PATIENCE_MS,
  );
});

/** Nothing in the log twice, nothing of it broken; what a partner was told is all of it, in order. */
async function eachOnce(hub: SplitHub): Promise<void> {
  expect(await saidAgain(hub.parts)).toEqual([]);
  expect(await toldTwice(hub.parts)).toEqual([]);
  expect(await misheard(hub)).toEqual(heardAsItShould);
  const { problems } = await verify(hub.parts, () => undefined);
  expect(problems.filter(({ code }) => code !== 'two-people-on-one-child')).toEqual([]);
}

/** It has appended, and not noted that it did; and the partner has a notice, and has not answered. */
async function killedAfterItAppended(hub: SplitHub, family: readonly CloudEvent[], random: Random): Promise<void> {
  const [report, ...rest] = family;
  hub.start(0);
  hub.receiver.answer = () => 'hang';
  await whileHeld(
    hub.parts.database,
    { worker: 0, others: [], gate: 'checkpoint' },
    async () => hub.tell(twice([report!])),
    async () => {
      await until(() => hub.receiver.came.length > 0);
      await (await hub.worker(0)).kill();
    },
  );
  hub.receiver.answer = () => 204;
  hub.start(0);
  hub.start(1);
  await hub.tell(anyOrder(twice(rest), random));
  await hub.letGo();
  const [hung] = hub.receiver.came;
  await until(() => hub.receiver.taken.some(({ id }) => id === hung?.id));
}

/** The last of them is the first worker's: it then waits for the other to build read models, and those go on without it. */
async function killedAtRandom(hub: SplitHub, events: readonly CloudEvent[], random: Random): Promise<void> {
  for (const [kill, chunk] of chunks(anyOrder(twice(events), random), atRandom).entries()) {
    await whileTelling(hub, chunk, async () => {
      await sleep(random.below(400));
      await hub.replace(kill === atRandom - 1 ? 0 : random.of([0, 1]));
    });
  }
}

/** It has news that it has not appended. The other has what came next, and appends all of it; then the first goes on where it was. */
async function frozenWithNews(hub: SplitHub, family: readonly CloudEvent[], random: Random): Promise<void> {
  const [news, more, ...rest] = family;
  const late = await hub.worker(0);
  await hub.worker(1);
  await whileHeld(
    hub.parts.database,
    { worker: 0, others: [1], gate: 'append' },
    async () => hub.tell([news!]),
    async () => late.freeze(),
  );
  await hub.tell([more!]);
  await hub.letGo();
  await hub.settled();
  late.thaw();
  await hub.tell(anyOrder(twice(rest), random));
  await hub.settled();
}

/** It stops under the stream, and is started again; all go on by themselves. */
async function databaseAway(hub: SplitHub, family: readonly CloudEvent[], random: Random): Promise<void> {
  await Promise.all([hub.worker(0), hub.worker(1)]);
  await whileTelling(hub, anyOrder(twice(family), random), async () => {
    await sleep(random.below(200));
    const startAgain = await hub.stopDatabase();
    await sleep(random.below(500));
    await startAgain();
  });
  await hub.delivered();
}

async function whileTelling(hub: SplitHub, events: readonly CloudEvent[], fault: () => Promise<void>): Promise<void> {
  await Promise.all([hub.tell(events), fault()]);
}

/** All that there is to see: the log's length, what stands, and how often a partner was told anything. */
async function everything({ parts, receiver }: SplitHub): Promise<unknown> {
  const rows = async (table: string): Promise<unknown[]> =>
    (await parts.database.query<Record<string, unknown>>(`select * from ${table} order by key`)).rows;
  return {
    head: await parts.log.head(),
    timeline: await rows('timeline'),
    duties: await rows('duties'),
    notices: await rows('notices'),
    told: receiver.came.map(({ id }) => id),
  };
}

function summary({ receiver: { came, taken } }: SplitHub): string {
  const ids = new Set(taken.map(({ id }) => id));
  return `${ids.size} messages to a partner, ${came.length - ids.size} of them more than once`;
}
