import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verify } from '../../apps/ops/verify/verify.js';
import { linkByHand, unlinkByHand } from '../../apps/worker/identify/by-hand.js';
import { capabilities } from '../../libs/capabilities.js';
import type { Reactions } from '../../apps/worker/react/react.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { defaultLoop, drain } from '../../apps/worker/worker.loop.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import type { EventLog } from '../../libs/kernel/event-log.js';
import type { Rules } from '../../libs/kernel/rules.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { currentTimelines, linkOf } from '../../libs/testing/hub/shown.js';
import { standing, toldTwice } from '../../libs/testing/reactions/standing.js';
import { nightsTold, nightStories, toldAt } from '../../libs/testing/stories/safeguarding.js';
import { runs } from '../../libs/testing/stories/runs.js';

const { rules } = loadRulebook(undefined);
const reactions: Reactions = { capabilities, rules };
const MINUTE = 60_000;

/** How a story arrives, who derives it, what goes wrong meanwhile, and what people decide of identities. */
const arrivals = fc.record({
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  twice: fc.infiniteStream(fc.boolean()),
  chunks: fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
  workers: fc.integer({ min: 1, max: 2 }),
  loops: fc.integer({ min: 1, max: 3 }),
  /** Minutes after the story was told that the clock shows, which goes on and back. */
  clock: fc.infiniteStream(fc.integer({ min: 0, max: 170 })),
  killed: fc.infiniteStream(fc.oneof(...[false, false, false, true].map((one) => fc.constant(one)))),
  decided: fc.array(fc.record({ links: fc.boolean(), of: fc.nat(), to: fc.nat() }), { maxLength: 3 }),
  until: fc.double({ min: 0, max: 1, noNaN: true }),
});
type Arrival = typeof arrivals extends fc.Arbitrary<infer A> ? A : never;

describe('duties and notices of a story told in any order', () => {
  it('stand at the end as in the order of their sources’ times, and nobody was told twice', async () => {
    await fc.assert(
      fc.asyncProperty(nightStories, arrivals, async (story, arrival) => {
        const tellings = nightsTold(story);
        const half = Math.floor(tellings.length * arrival.until);
        const [straight, mixed] = await Promise.all([followed(), followed()]);
        try {
          for (const part of [tellings.slice(0, half), tellings.slice(half)]) {
            await tellStraight(straight, part);
            await tellMixed(mixed, mixedUp(part, arrival), arrival);
            await decide([straight, mixed], arrival);
          }
          for (const { hub, set } of [straight, mixed]) {
            set(180);
            await settle(hub);
          }
          expect(await standing(mixed.hub)).toEqual(await standing(straight.hub));
          expect(await toldTwice(mixed.hub)).toEqual([]);
          await saysOnlyDifferences(mixed.hub);
          await rebuiltEqualsLive(mixed.hub);
          const { problems } = await verify(mixed.hub, () => undefined);
          expect(problems.filter(({ code }) => code !== 'two-people-on-one-child')).toEqual([]);
        } finally {
          await Promise.all([straight.close(), mixed.close()]);
        }
      }),
      runs(3),
    );
  }, 600_000);
});

interface Followed {
  readonly hub: TestHub;
  /** Sets the clock to so many minutes after the story was told. */
  readonly set: (minutes: number) => void;
  readonly close: () => Promise<void>;
}

async function followed(): Promise<Followed> {
  let now = Date.parse(toldAt);
  const received = Date.parse(toldAt);
  // What is received comes at one time; what is derived, whenever the clock says.
  const hub: TestHub = { ...(await openTestHub({ now: () => received })), clock: { now: () => now } };
  const stop = new AbortController();
  await hub.projections.prepare();
  const following = hub.projections.run(stop.signal);
  return {
    hub,
    set: (minutes) => (now = received + minutes * MINUTE),
    close: async () => {
      stop.abort();
      await following;
      await hub.close();
    },
  };
}

async function tellStraight({ hub }: Followed, tellings: readonly Telling[]): Promise<void> {
  for (const telling of tellings) {
    await hub.keep(telling);
    await drain(hub);
    await settle(hub);
  }
}

async function tellMixed({ hub, set }: Followed, chunks: readonly Telling[][], arrival: Arrival): Promise<void> {
  for (const chunk of chunks) {
    await hub.keep(...chunk);
    set(take(arrival.clock));
    const killed = { ...hub, log: dying(hub.log, arrival) };
    await Promise.all([
      ...Array.from({ length: arrival.workers }, async () => drain(hub, { ...defaultLoop, batch: 3 })),
      Promise.allSettled(Array.from({ length: arrival.loops }, async () => drainReactions(killed, reactions))),
    ]);
  }
  set(take(arrival.clock));
  await settle(hub, { ...hub, log: dying(hub.log, arrival) }, arrival.loops);
}

/** A log whose writer dies now and then after it has written, and before anybody hears of it. */
function dying(log: EventLog, { killed }: Arrival): EventLog {
  return {
    append: async (...said) => {
      const appended = await log.append(...said);
      if (take(killed)) throw new Error('killed');
      return appended;
    },
    readStream: async (...asked) => log.readStream(...asked),
    readStreams: async (streams) => log.readStreams(streams),
    revisions: async (streams) => log.revisions(streams),
    readAll: async (...asked) => log.readAll(...asked),
    subscribe: (...asked) => log.subscribe(...asked),
    head: async () => log.head(),
    close: async () => log.close(),
  };
}

/** Derives until nothing is due any more; leases of those that died run out at once. */
async function settle(hub: TestHub, dies: TestHub = hub, loops = 1): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    await Promise.allSettled(Array.from({ length: loops }, async () => drainReactions(dies, reactions)));
    await hub.database.query(`update reactions set lease_until = null`);
    await drainReactions(hub, reactions);
    const { rowCount } = await hub.database.query('select from reactions where due_at <= $1', [
      new Date(hub.clock.now()).toISOString(),
    ]);
    if (rowCount === 0) {
      await hub.projections.settled();
      return;
    }
  }
  throw new Error('there is always something due');
}

async function decide(hubs: readonly Followed[], { decided }: Arrival): Promise<void> {
  const decision = { who: 'operator:test', reason: 'looked at by a person' };
  for (const { links, of, to } of decided) {
    const records = await heldByAll(hubs);
    const at = (n: number): string => records[n % records.length] ?? '';
    if (records.length === 0) return;
    for (const { hub } of hubs) {
      const [{ record, child }, other] = [await linkOf(hub, at(of)), await linkOf(hub, at(to))];
      if (links) await linkByHand(hub.database, record, other.child, decision);
      else await unlinkByHand(hub.database, record, child, decision);
    }
    for (const { hub } of hubs) await settle(hub);
  }
}

/** Records with something that holds: one whose only message was taken back before it came was never made. */
async function heldByAll(hubs: readonly Followed[]): Promise<string[]> {
  const held = await Promise.all(
    hubs.map(async ({ hub }) => (await currentTimelines(hub)).flatMap((child) => child.records)),
  );
  return (held[0] ?? []).filter((record) => held.every((records) => records.includes(record))).toSorted();
}

/** Another edition of the same rules says nothing; another limit moves the duties of its rule, and what reminds of them. */
async function saysOnlyDifferences(hub: TestHub): Promise<void> {
  const since = async (rulebook: Rules): Promise<string[]> => {
    const before = await hub.log.head();
    await drainReactions(hub, { capabilities, rules: rulebook });
    await hub.projections.settled();
    const events = await hub.log.readAll(before, 1_000);
    return events.map(({ type }) => type);
  };
  expect(await since({ ...rules, version: 'another edition' })).toEqual([]);
  const limit = { amount: 96, unit: 'clock-hours' } as const;
  const longer: Rules = {
    ...rules,
    version: 'four days',
    rule: (id, ...asked) => ({ ...rules.rule(id, ...asked), ...(id === 'A3' ? { limit } : {}) }),
  };
  const of = async (): Promise<string[]> => {
    const all = await standing(hub);
    return all
      .flatMap(({ duties, notices }) => [...duties, ...notices])
      .filter((one) => !/^return-home|^interview-slot/.test(one));
  };
  const others = await of();
  const said = await since(longer);
  const interviews = (await standing(hub))
    .flatMap(({ duties }) => duties)
    .filter((one) => one.startsWith('return-home'));
  expect(said.some((type) => type.endsWith('DutyMoved'))).toBe(interviews.length > 0);
  expect(await of()).toEqual(others);
}

async function rebuiltEqualsLive(hub: TestHub): Promise<void> {
  for (const name of ['duties', 'notices']) {
    const rows = async (): Promise<unknown[]> =>
      (await hub.database.query<Record<string, unknown>>(`select * from ${name} order by key`)).rows;
    const live = await rows();
    await hub.projections.rebuild(name);
    expect(await rows()).toEqual(live);
  }
}

function mixedUp(tellings: readonly Telling[], { order, twice, chunks }: Arrival): Telling[][] {
  const left = tellings
    .flatMap((telling) => (take(twice) ? [telling, telling] : [telling]))
    .map((telling) => ({ telling, place: take(order) }))
    .sort((one, other) => one.place - other.place)
    .map(({ telling }) => telling);
  const parts: Telling[][] = [];
  while (left.length > 0) parts.push(left.splice(0, take(chunks)));
  return parts;
}

function take<T>(stream: fc.Stream<T>): T {
  for (const value of stream.take(1)) return value;
  throw new RangeError('the stream has ended');
}
