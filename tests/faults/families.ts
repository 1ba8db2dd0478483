import fc from 'fast-check';
import type { CloudEvent } from '../../libs/simulations/cloud-event.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { nightsTold, nightStories, type Step } from '../../libs/testing/stories/safeguarding.js';
import type { Random } from '../fuzz/random.js';

/** Stories of children that have nothing to do with each other; each begins with a child that is reported missing, twice. */
export function familiesTold(count: number, seed: number): CloudEvent[][] {
  const reported = { says: 'report', who: 0, reference: 0, hours: 2, numbered: true } as const;
  const beginning: readonly Step[] = [
    { ...reported, way: 0 },
    { ...reported, way: 1 },
  ];
  return fc
    .sample(nightStories, { numRuns: count, seed })
    .map((story, family) => nightsTold([...beginning, ...story], family).flatMap(eventOf));
}

function eventOf(telling: Telling): CloudEvent[] {
  return telling.door === 'events' ? [telling.event] : [];
}

export const twice = <T>(all: readonly T[]): T[] => [...all, ...all];

export function anyOrder<T>(all: readonly T[], random: Random): T[] {
  return all
    .map((one) => ({ one, place: random.below(1_000_000) }))
    .sort((one, other) => one.place - other.place)
    .map(({ one }) => one);
}

/** As many parts of it, in its order, each as long as the others. */
export function chunks<T>(all: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, n) =>
    all.slice(Math.floor((n * all.length) / count), Math.floor(((n + 1) * all.length) / count)),
  );
}
