import type { Parameters } from 'fast-check';

/**
 * How often a property is tried that needs a database each time: few in `npm test`, more with `HUB_PROPERTY_RUNS`. A
 * failure prints its seed and path; `HUB_PROPERTY_SEED` and `HUB_PROPERTY_PATH` run that one again and look for a smaller one.
 */
export function runs<T>(few: number): Parameters<T> {
  const { HUB_PROPERTY_RUNS: more, HUB_PROPERTY_SEED: seed, HUB_PROPERTY_PATH: path } = process.env;
  return {
    numRuns: more === undefined ? few : Number(more),
    endOnFailure: path === undefined,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  };
}
