import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eraseChild } from '../../apps/ops/erase/erase.js';
import { verify } from '../../apps/ops/verify/verify.js';
import { linkByHand, unlinkByHand } from '../../apps/worker/identify/by-hand.js';
import { defaultLoop, drain } from '../../apps/worker/worker.loop.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { currentTimelines, linkOf, recordNames } from '../../libs/testing/hub/shown.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { stories, told } from '../../libs/testing/stories/story.js';
import { projected } from '../../libs/projected.js';
import { apiReader, type Entry } from '../acceptance/api-reader.js';
import { openDoors, type PortalDoors } from '../acceptance/portal-server.js';

/** People of every agency that a story is told by: between them they know every child there is. */
const viewers: readonly Viewer[] = [
  { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] },
  { who: 'pat.constable', agency: 'police', roles: ['officer'] },
  { who: 'robin.care', agency: 'social-care', roles: ['social-worker'] },
];

/** How a story arrives: in which order, what comes twice, how much at once, and what people do about it. */
const arrivals = fc.record({
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  twice: fc.infiniteStream(fc.boolean()),
  chunks: fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
  batch: fc.integer({ min: 1, max: 6 }),
  workers: fc.integer({ min: 1, max: 2 }),
  unlinked: fc.nat(),
  linked: fc.tuple(fc.nat(), fc.nat()),
  erased: fc.option(fc.nat(), { nil: undefined }),
});

describe('a story told in any order', () => {
  it('ends as in the order of its sources’ times, as a rebuild would, and is remembered as it was shown', async () => {
    await fc.assert(
      fc.asyncProperty(stories, arrivals, async (story, arrival) => {
        const tellings = told(story);
        const [straight, mixed] = await Promise.all([openTestHub(), openTestHub()]);
        const stop = new AbortController();
        await mixed.projections.prepare();
        const following = mixed.projections.run(stop.signal);
        const doors = await openDoors(mixed);
        const watched = new Watched(mixed, doors);
        try {
          for (const telling of tellings) {
            await straight.keep(telling);
            await drain(straight);
          }
          for (const chunk of mixedUp(tellings, arrival)) {
            await mixed.keep(...chunk);
            const loop = { ...defaultLoop, batch: arrival.batch };
            await Promise.all(Array.from({ length: arrival.workers }, async () => drain(mixed, loop)));
            await watched.look();
          }
          expect(await currentTimelines(mixed)).toEqual(await currentTimelines(straight));

          const hubs = [straight, mixed];
          const records = (await currentTimelines(straight)).flatMap((child) => child.records);
          for (const decide of decisions(records, arrival)) {
            for (const hub of hubs) await decide(hub);
            await watched.look();
            expect(await currentTimelines(mixed)).toEqual(await currentTimelines(straight));
          }
          await watched.remembers();
          await rebuiltEqualsLive(mixed);
          for (const hub of hubs) expect(await problemsOf(hub)).toEqual([]);
        } finally {
          await doors.close();
          stop.abort();
          await following;
          await Promise.all([straight.close(), mixed.close()]);
        }
      }),
      runs(3),
    );
  }, 600_000);
});

type Arrival = typeof arrivals extends fc.Arbitrary<infer A> ? A : never;

function mixedUp(tellings: readonly Telling[], { order, twice, chunks }: Arrival): Telling[][] {
  const sent = tellings.flatMap((telling) => (take(twice) ? [telling, telling] : [telling]));
  const left = sent
    .map((telling) => ({ telling, place: take(order) }))
    .sort((a, b) => a.place - b.place)
    .map(({ telling }) => telling);
  const parts: Telling[][] = [];
  while (left.length > 0) parts.push(left.splice(0, take(chunks)));
  return parts;
}

function take<T>(stream: fc.Stream<T>): T {
  for (const value of stream.take(1)) return value;
  throw new RangeError('the stream has ended');
}

/** What people decide once all is told, of the records that hold something, by the sources' own names for them. */
function decisions(
  records: readonly string[],
  { unlinked, linked, erased }: Arrival,
): ((hub: TestHub) => Promise<void>)[] {
  const at = (n: number): string => records[n % records.length] ?? '';
  if (records.length === 0) return [];
  const decision = { who: 'operator:test', reason: 'looked at by a person' };
  return [
    async (hub) => {
      const { record, child } = await linkOf(hub, at(unlinked));
      await unlinkByHand(hub.database, record, child, decision);
    },
    async (hub) => {
      const [{ record }, { child }] = [await linkOf(hub, at(linked[0])), await linkOf(hub, at(linked[1]))];
      await linkByHand(hub.database, record, child, decision);
    },
    ...(erased === undefined
      ? []
      : [
          async (hub: TestHub) => {
            const { child } = await linkOf(hub, at(erased));
            await eraseChild({ child, reason: 'asked for', who: 'test', despiteHold: 'a test' }, hub);
          },
        ]),
  ];
}

type Shown = ReadonlyMap<string, readonly Entry[]>;

/** Looks at everything from time to time, as people do, and compares later what was known then with what was shown then. */
class Watched {
  readonly #looks: { readonly at: string; readonly shown: readonly Shown[] }[] = [];

  constructor(
    private readonly hub: TestHub,
    private readonly doors: PortalDoors,
  ) {}

  async look(): Promise<void> {
    await this.hub.projections.settled();
    const at = new Date().toISOString();
    this.#looks.push({ at, shown: await this.#all('') });
    // Nothing is recorded in the millisecond that was looked at.
    await sleep(3);
  }

  /** What was shown then, of records that are still there and belong to somebody the viewer may know now. */
  async remembers(): Promise<void> {
    const now = await this.#all('');
    const names = await recordNames(this.hub);
    const of = await this.#childrenOfRecords();
    expect(await this.#all(`?asKnownAt=${new Date().toISOString()}`)).toEqual(now);
    for (const { at, shown } of this.#looks) {
      const then = await this.#all(`?asKnownAt=${at}`);
      for (const [index, known] of then.entries()) {
        for (const [child, entries] of shown[index] ?? []) {
          // A child that this viewer no longer knows of answers 404, whatever the time asked about.
          if (!now[index]?.has(child)) continue;
          const still = (entry: Entry): boolean =>
            names.has(entry.record) && now[index]?.has(of.get(entry.record) ?? '') === true;
          expect(known.get(child)).toEqual(entries.filter(still));
        }
      }
    }
  }

  async #childrenOfRecords(): Promise<Map<string, string>> {
    const { rows } = await this.hub.database.query<{ record: string; child: string }>(
      `select record, child from links where known_to = 'infinity'`,
    );
    return new Map(rows.map(({ record, child }) => [record, child]));
  }

  /** Per viewer: the entries of each child they may know of. */
  async #all(query: string): Promise<Shown[]> {
    const { rows } = await this.hub.database.query<{ id: string }>('select id from children order by id');
    return Promise.all(
      viewers.map(async (viewer) => {
        const answers = await Promise.all(
          rows.map(async ({ id }) => {
            const response = await apiReader(this.doors).get(viewer, `/${id}/timeline${query}`);
            if (response.status === 404) return [];
            expect(response.status).toBe(200);
            return [[id, ((await response.json()) as { entries: Entry[] }).entries] as const];
          }),
        );
        return new Map(answers.flat());
      }),
    );
  }
}

/** That a person linked records of two people to one child is told of, and stays as that person decided. */
async function problemsOf(hub: TestHub): Promise<unknown[]> {
  return (await verify(hub, () => undefined)).problems.filter(({ code }) => code !== 'two-people-on-one-child');
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
