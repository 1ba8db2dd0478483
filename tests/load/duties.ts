import { setTimeout as sleep } from 'node:timers/promises';
import { runReactions } from '../../apps/worker/react/reaction.loop.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { absolute, shared, type Benchmark } from './measurement.js';
import { openDuties, reactions } from './open-duties.js';

const SCALE = Number(process.env['HUB_BENCH_SCALE'] ?? '1');
const OPEN = Math.round(100_000 * SCALE);
const BURST = Math.round(10_000 * SCALE);
const IDLE_MS = 20_000;
const GIVE_UP_MS = 120_000;
const SOON_MS = 20;

interface Duties {
  /** Per cent of one core. */
  readonly idle: number;
  /** Seconds from when the limit was over to when the last of those that it is over for was told to be late. */
  readonly burst: number;
  /** Seconds until what was said of them stands in every read model, one process after the other. */
  readonly shown: number;
  /** Children derived a second, when all of them were for the first time. */
  readonly first: number;
  close(): Promise<void>;
}

const measured = shared<Duties>(async (server) => {
  const hub = await openDuties(server, OPEN, BURST);
  const stop = new AbortController();
  const running = [runReactions(hub.parts, stop.signal, reactions)];
  await sleep(5_000);
  const before = process.cpuUsage();
  await sleep(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  const began = performance.now();
  const from = await hub.parts.log.head();
  hub.set(hub.over);
  await drained(hub.parts, hub.over, began);
  const burst = (performance.now() - began) / 1_000;
  await eachOnce(hub.parts, from);
  // Then its rows: where one process does everything, this is beside it.
  const projecting = performance.now();
  running.push(hub.projections.run(stop.signal));
  await hub.projections.settled();
  const shown = (performance.now() - projecting) / 1_000;
  stop.abort();
  await Promise.all(running);
  return { idle: ((user + system) / 1_000 / IDLE_MS) * 100, burst, shown, first: hub.perSecond, close: hub.close };
});

export const duties: readonly Benchmark[] = [
  {
    name: 'duties.idle',
    what: `${OPEN} duties open and none due: processor time of the process that follows them`,
    goal: { of: 'value', is: 'at most', goal: 2, beyond: 1 },
    run: async (server) => absolute('duties.idle', (await measured(server)).idle, '% of a core'),
  },
  {
    name: 'duties.burst',
    what: `${BURST} of them over at once: until the last is said to be late, with its notice, each exactly once`,
    goal: { of: 'value', is: 'at most', goal: 10, beyond: 5 },
    run: async (server) => absolute('duties.burst', (await measured(server)).burst, 's'),
  },
  {
    name: 'duties.shown',
    what: 'the same: until every read model has what was said of them, once it is said',
    goal: { of: 'value', is: 'at most', goal: 20, beyond: 10 },
    run: async (server) => absolute('duties.shown', (await measured(server)).shown, 's'),
  },
  {
    name: 'duties.first',
    what: `${OPEN} children derived for the first time, as when the rules are others`,
    goal: { of: 'value', is: 'at least', goal: 1_000, beyond: 2_000 },
    run: async (server) => absolute('duties.first', (await measured(server)).first, 'children/s'),
  },
];

async function drained({ database }: Parts, over: string, began: number): Promise<void> {
  while (performance.now() - began < GIVE_UP_MS) {
    const { rowCount } = await database.query('select from reactions where due_at <= $1 limit 1', [over]);
    if (rowCount === 0) return;
    await sleep(SOON_MS);
  }
  throw new Error('what was due at once is still due');
}

/** Throws unless each of those that were due has been said to be late once, and told of once. */
async function eachOnce({ database }: Parts, from: bigint | null): Promise<void> {
  const { rows } = await database.query<{ type: string; n: bigint; streams: bigint }>(
    'select type, count(*) as n, count(distinct stream) as streams from log_events where position > $1 group by type order by type',
    [from ?? 0n],
  );
  const said = rows.map(({ type, n, streams }) => `${type.split('.').at(-1)} ${n} of ${streams}`);
  // Two warnings had been given, and lapse.
  const wanted = [
    `DutyOverdue ${BURST} of ${BURST}`,
    `NoticeLapsed ${2 * BURST} of ${BURST}`,
    `NoticeRaised ${BURST} of ${BURST}`,
  ];
  if (said.join() !== wanted.join()) throw new Error(`not each once: ${said.join(', ')}`);
}
