import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHubProcess } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { median, type Benchmark } from './measurement.js';

const RUNS = 5;

/** From the command to ready: a built tree, data of an earlier run, PostgreSQL started with it. */
export const start: Benchmark = {
  name: 'start',
  what: `a built tree with the demonstration's data, PostgreSQL included, to /health/ready; median of ${RUNS}`,
  goal: { of: 'value', is: 'at most', goal: 5, beyond: 3 },
  run: async () => {
    const data = await mkdtemp(join(tmpdir(), 'hub-bench-start-'));
    const port = await freePort();
    try {
      await (await startHubProcess(data, port)).stop();
      const seconds: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const began = performance.now();
        const hub = await startHubProcess(data, port);
        seconds.push((performance.now() - began) / 1_000);
        await hub.stop();
      }
      return { name: 'start', value: median(seconds), unit: 's', reference: null, referenceValue: null, ratio: null };
    } finally {
      await rm(data, { recursive: true });
    }
  },
};
