import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GrownHub } from './grown-hub.js';
import { compare, type Benchmark } from './measurement.js';
import { large, small } from './sizes.js';

const NAME = 'memory';
const what = 'the most that a process of its own keeps resident while it rebuilds the timeline at 1 M events';

/** A rebuild streams: what it keeps in memory does not grow with the log. */
export const memory: Benchmark = {
  name: NAME,
  what: `${what}; goal also < 400 MB, beyond < 250 MB`,
  goal: { of: 'ratio', is: 'at most', goal: 1.2, beyond: 1.2 },
  run: async (server) => {
    const [few, many] = [await small(server), await large(server)];
    return compare({
      name: NAME,
      unit: 'MB',
      reference: 'at 0.1 M events',
      subject: async () => peakOf(many),
      against: async () => peakOf(few),
    });
  },
};

async function peakOf({ urls }: GrownHub): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = fork(fileURLToPath(new URL('./rebuild-process.js', import.meta.url)), [urls.hub, urls.keys]);
  child.once('message', (message: { megabytes: number }) => resolve(message.megabytes));
  child.once('exit', (code) => reject(new Error(`the rebuild ended with ${code} before it told its memory`)));
  return promise;
}
