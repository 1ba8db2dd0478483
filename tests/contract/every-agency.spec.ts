import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verify } from '../../apps/ops/verify/verify.js';
import { defaultLoop, drain } from '../../apps/worker/worker.loop.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { currentTimelines } from '../../libs/testing/hub/shown.js';
import { everyAgencyTellings } from '../../libs/testing/stories/every-agency.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { projected } from '../../libs/projected.js';

/** How it arrives: in which order, what comes twice, and how much a worker takes at once. */
const arrivals = fc.record({
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  twice: fc.infiniteStream(fc.boolean()),
  chunks: fc.infiniteStream(fc.integer({ min: 1, max: 15 })),
  batch: fc.integer({ min: 1, max: 8 }),
});

type Arrival = typeof arrivals extends fc.Arbitrary<infer A> ? A : never;

describe('what every agency says of a few children', () => {
  it('is one timeline, whatever the order, however often it comes, with two workers at once', async () => {
    await fc.assert(
      fc.asyncProperty(everyAgencyTellings, arrivals, async (tellings, arrival) => {
        const [straight, mixed] = await Promise.all([openTestHub(), openTestHub()]);
        const stop = new AbortController();
        await mixed.projections.prepare();
        const following = mixed.projections.run(stop.signal);
        try {
          await straight.keep(...tellings);
          await drain(straight, { ...defaultLoop, batch: 1 });

          const loop = { ...defaultLoop, batch: arrival.batch };
          for (const chunk of mixedUp(tellings, arrival)) {
            await mixed.keep(...chunk);
            await Promise.all([drain(mixed, loop), drain(mixed, loop)]);
          }
          await mixed.projections.settled();
          expect(await currentTimelines(mixed)).toEqual(await currentTimelines(straight));
          await rebuiltEqualsLive(mixed);
          for (const hub of [straight, mixed]) expect(await problemsOf(hub)).toEqual([]);
        } finally {
          stop.abort();
          await following;
          await Promise.all([straight.close(), mixed.close()]);
        }
      }),
      runs(3),
    );
  }, 300_000);
});

function mixedUp(tellings: readonly Telling[], { order, twice, chunks }: Arrival): Telling[][] {
  const sent = tellings.flatMap((telling) => (next(twice) ? [telling, telling] : [telling]));
  const left = sent
    .map((telling) => ({ telling, place: next(order) }))
    .sort((a, b) => a.place - b.place)
    .map(({ telling }) => telling);
  const parts: Telling[][] = [];
  while (left.length > 0) parts.push(left.splice(0, next(chunks)));
  return parts;
}

function next<T>(stream: fc.Stream<T>): T {
  for (const value of stream.take(1)) return value;
  throw new RangeError('the stream has ended');
}

async function problemsOf(hub: TestHub): Promise<readonly unknown[]> {
  return (await verify(hub, () => undefined)).problems;
}

async function rebuiltEqualsLive(hub: TestHub): Promise<void> {
  for (const { name } of projected) {
    const rows = async (): Promise<unknown[]> =>
      (await hub.database.query<Record<string, unknown>>(`select * from ${name} order by key`)).rows;
    const live = await rows();
    await hub.projections.rebuild(name);
    expect(await rows()).toEqual(live);
  }
}
