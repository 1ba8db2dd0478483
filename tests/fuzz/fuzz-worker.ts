import { parentPort, workerData } from 'node:worker_threads';
import { randomFrom } from './random.js';
import { inputFor, run } from './targets.js';

// One input after the other until its time is up; which one is in hand stands in shared memory, should it never come back.
const { seed, until, inHand } = workerData as { seed: number; until: number; inHand: Int32Array };
let count = 0;
for (; Date.now() < until; count += 1) {
  const one = (seed + count) | 0;
  Atomics.store(inHand, 0, one);
  Atomics.add(inHand, 1, 1);
  const input = inputFor(randomFrom(one));
  const began = performance.now();
  try {
    await run(input);
  } catch (error) {
    parentPort?.postMessage({
      failed: one,
      why: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    break;
  }
  const ms = performance.now() - began;
  if (ms > 5_000) {
    parentPort?.postMessage({ failed: one, why: `it took ${Math.round(ms)} ms` });
    break;
  }
}
parentPort?.postMessage({ done: count });
