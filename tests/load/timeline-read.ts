import type { GrownHub } from './grown-hub.js';
import { absolute, compare, durations, median, percentile, type Benchmark } from './measurement.js';
import { openReader } from './reader.js';
import { large } from './sizes.js';

const READS = 100;
const READS_FOR_P99 = 1_000;

const what =
  'the newest page (100) of children with 1,000 entries from four agencies, 1 M events in the log: who may know the child, disclosure, names, opened entries, the look committed; one reader';

/** A page, with all that stands between a reader and its rows, against the SQL that returns the same rows to anybody. */
export const timelineRead: Benchmark = {
  name: 'timeline.read',
  what,
  goal: { of: 'ratio', is: 'at most', goal: 2, beyond: 1.3 },
  run: async (server) => {
    const hub = await large(server);
    const reader = await openReader(hub);
    try {
      await sameRows(hub, await reader.read(hub.children[0] ?? ''));
      return await compare({
        name: 'timeline.read',
        unit: 'ms',
        reference: 'SQL that returns the identical rows',
        subject: async () => median(await durations(READS, async (n) => reader.read(nth(hub, n)))),
        against: async () => median(await durations(READS, async (n) => rowsOf(hub, nth(hub, n)))),
      });
    } finally {
      await reader.close();
    }
  },
};

export const timelineReadP99: Benchmark = {
  name: 'timeline.read.p99',
  what: `99 of 100 of ${READS_FOR_P99} such reads`,
  goal: { of: 'value', is: 'at most', goal: 25, beyond: 25 },
  run: async (server) => {
    const hub = await large(server);
    const reader = await openReader(hub);
    try {
      await durations(READS, async (n) => reader.read(nth(hub, n)));
      const taken = await durations(READS_FOR_P99, async (n) => reader.read(nth(hub, n)));
      return absolute('timeline.read.p99', percentile(taken, 99), 'ms');
    } finally {
      await reader.close();
    }
  },
};

export function nth({ children }: GrownHub, n: number): string {
  return children[n % children.length] ?? '';
}

/** What a page would cost if everybody might see everything and nobody wrote it down. */
async function rowsOf({ database }: GrownHub, child: string): Promise<{ key: string }[]> {
  const { rows } = await database.query<{ key: string }>({
    name: 'bench rows of a page',
    text: `
      select t.* from links l join timeline t on t.record = l.record
      where l.child = $1 and l.known_to = 'infinity'
        and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
      order by t.occurred_at desc, t.position desc limit 101`,
    values: [child],
  });
  return rows;
}

async function sameRows(hub: GrownHub, page: { entries: readonly { id: string }[] }): Promise<void> {
  const rows = (await rowsOf(hub, hub.children[0] ?? '')).slice(0, 100);
  if (rows.some(({ key }, at) => page.entries[at]?.id !== key)) throw new Error('the reference returns other rows');
}
