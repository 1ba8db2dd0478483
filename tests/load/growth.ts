import { appendTime } from './append.js';
import type { GrownHub } from './grown-hub.js';
import { compare, durations, median, type Benchmark } from './measurement.js';
import { openReader } from './reader.js';
import { large, small } from './sizes.js';
import { nth } from './timeline-read.js';

const READS = 100;
/** Few, because they make the small log grow: by a thirtieth each time. */
const APPENDS_EACH = 50;

/** What reading and appending take when the log has grown, against themselves in one of 0.1 M events. */
export const growth: readonly Benchmark[] = [1, 5].flatMap((millions) => [read(millions), append(millions)]);

function read(millions: number): Benchmark {
  const name = `growth.read.${millions}m`;
  return {
    name,
    what: `\`timeline.read\` with ${millions} M events in the log`,
    goal: { of: 'ratio', is: 'at most', goal: 1.3, beyond: 1.1 },
    run: async (server) => {
      const [few, many] = [await small(server), await grown(await large(server), millions)];
      const [subject, against] = [await openReader(many), await openReader(few)];
      try {
        return await compare({
          name,
          unit: 'ms',
          reference: 'itself with 0.1 M events',
          subject: async () => median(await durations(READS, async (n) => subject.read(nth(many, n)))),
          against: async () => median(await durations(READS, async (n) => against.read(nth(few, n)))),
        });
      } finally {
        await subject.close();
        await against.close();
      }
    },
  };
}

function append(millions: number): Benchmark {
  const name = `growth.append.${millions}m`;
  return {
    name,
    what: `\`append\` with ${millions} M events in the log, time of each of 3,200`,
    goal: { of: 'ratio', is: 'at most', goal: 1.3, beyond: 1.1 },
    run: async (server) => {
      const [few, many] = [await small(server), await grown(await large(server), millions)];
      return compare({
        name,
        unit: 'µs',
        reference: 'itself with 0.1 M events',
        subject: async () => appendTime(many.log, APPENDS_EACH),
        against: async () => appendTime(few.log, APPENDS_EACH),
      });
    },
  };
}

async function grown(hub: GrownHub, millions: number): Promise<GrownHub> {
  await hub.growTo(millions * 1_000_000);
  return hub;
}
