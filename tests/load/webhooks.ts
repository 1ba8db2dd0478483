import { setTimeout as sleep } from 'node:timers/promises';
import { SCALE } from './grown-hub.js';
import { compare, percentile, shared, type Benchmark } from './measurement.js';
import { openTelling, type Ill, type OpenTelling } from './open-telling.js';

const ENDPOINTS = Math.round(1_000 * SCALE);
/** One notice each in so long, at an even pace: what is measured is waiting for others, not for the machine. */
const ROUND_MS = 20_000;
const STEP_MS = 50;
/** Told before, at the same pace, and not measured: in neither way does a round begin with a worker that had nothing to do. */
const LEAD_MS = 2_000;
/** A round's 99th is the ninth slowest of its 900: its neighbour on the machine decides it, and the median of many rounds does not. */
const RUNS = 7;
const GIVE_UP_MS = 60_000;
const ways: readonly Ill[] = ['refused', 'hanging', '500', 'slow'];

const opened = shared(async (server) => openTelling(server, ENDPOINTS));

export const webhooks: Benchmark = {
  name: 'webhooks',
  what: `${ENDPOINTS} endpoints, each told of one notice within ${ROUND_MS / 1_000} s; one in ten refuses, hangs, fails or is slow from then on: 99 of 100 of the others are told by then`,
  goal: { of: 'ratio', is: 'at most', goal: 1.2, beyond: 1.05 },
  run: async (server) => {
    const hub = await opened(server);
    // Spread among the others, so that each kind comes at every moment of a round.
    const some = hub.places.filter((_, n) => n % 10 === 3);
    const ill = new Map(some.map((place, n) => [place, ways[n % ways.length] ?? 'hanging']));
    const well = new Set(hub.places.filter((place) => !ill.has(place)));
    return compare({
      ...{ name: 'webhooks', unit: 'ms', reference: 'the same, with none dead', runs: RUNS },
      subject: async () => percentile(await round(hub, ill, well), 99),
      against: async () => percentile(await round(hub, new Map(), well), 99),
    });
  },
};

/** Milliseconds from when a notice was raised until its receiver had taken it, of those that are well in both. */
async function round(hub: OpenTelling, ill: ReadonlyMap<string, Ill>, well: ReadonlySet<string>): Promise<number[]> {
  await hub.begin(ill);
  const raised = new Map<string, number>();
  const taken = new Map<string, number>();
  hub.told = (place) => {
    const at = raised.get(place);
    if (at !== undefined && well.has(place) && !taken.has(place)) taken.set(place, performance.now() - at);
  };
  // Those whose turn comes last: what they are told now has arrived long before.
  const before = [...well].slice(-Math.ceil((LEAD_MS / ROUND_MS) * hub.places.length));
  await evenly(before, LEAD_MS, async (some) => hub.raise(some));
  await evenly(hub.places, ROUND_MS, async (some) => {
    for (const place of some) raised.set(place, performance.now());
    await hub.raise(some);
  });
  for (const until = performance.now() + GIVE_UP_MS; taken.size < well.size;) {
    if (performance.now() > until) throw new Error(`${well.size - taken.size} endpoints that are well were not told`);
    await sleep(STEP_MS);
  }
  return [...taken.values()];
}

/** Goes through all of them in so many milliseconds. */
async function evenly(all: readonly string[], ms: number, each: (some: string[]) => Promise<void>): Promise<void> {
  const began = performance.now();
  for (let done = 0; done < all.length;) {
    await sleep(STEP_MS);
    const due = Math.min(all.length, Math.ceil(((performance.now() - began) / ms) * all.length));
    await each(all.slice(done, due));
    done = due;
  }
}
