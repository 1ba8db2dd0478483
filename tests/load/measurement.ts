/** One line of `npm run bench`, as JSON. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it was compared with in the same run; null when the goal is absolute. */
  readonly reference: string | null;
  readonly referenceValue: number | null;
  readonly ratio: number | null;
}

/** What `of` must be, and what would be better than asked. */
export interface Goal {
  readonly of: 'ratio' | 'value';
  readonly is: 'at least' | 'at most';
  readonly goal: number;
  readonly beyond: number;
}

export interface Benchmark {
  readonly name: string;
  /** What is measured: event size, mix, clients. For the table. */
  readonly what: string;
  readonly goal: Goal;
  run(server: BenchServer): Promise<Measurement>;
}

/** A PostgreSQL of the run's own, that waits for the disk. */
export interface BenchServer {
  /** Connection strings of a fresh, migrated pair of databases. */
  databases(): Promise<{ readonly hub: string; readonly keys: string }>;
  /** Runs before the server stops, the last first. */
  closeLater(close: () => Promise<void>): void;
}

/** Made once a run, by the first benchmark that asks for it; closed when the run ends. */
export function shared<One extends { close(): Promise<void> }>(
  make: (server: BenchServer) => Promise<One>,
): (server: BenchServer) => Promise<One> {
  const made = new WeakMap<BenchServer, Promise<One>>();
  return async (server) => {
    const one = made.get(server) ?? make(server);
    if (!made.has(server)) server.closeLater(async () => (await one).close());
    made.set(server, one);
    return one;
  };
}

export interface Compared {
  readonly name: string;
  readonly unit: string;
  readonly reference: string;
  /** One run each; resolves to its figure. */
  readonly subject: () => Promise<number>;
  readonly against: () => Promise<number>;
  readonly runs?: number;
}

/**
 * Runs both in turn, after one unmeasured round, so that a machine that slows down slows both. The ratio is the median
 * of the rounds' own ratios, not of the medians.
 */
export async function compare({ name, unit, reference, subject, against, runs = 5 }: Compared): Promise<Measurement> {
  await subject();
  await against();
  const rounds: { value: number; reference: number }[] = [];
  for (let round = 0; round < runs; round += 1) {
    rounds.push({ value: await subject(), reference: await against() });
  }
  return {
    name,
    value: median(rounds.map(({ value }) => value)),
    unit,
    reference,
    referenceValue: median(rounds.map((round) => round.reference)),
    ratio: median(rounds.map((round) => round.value / round.reference)),
  };
}

/** A figure that is compared with nothing: its goal is absolute. */
export function absolute(name: string, value: number, unit: string): Measurement {
  return { name, value, unit, reference: null, referenceValue: null, ratio: null };
}

/** The figure that so many per cent of all do not pass. */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const figure = sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
  if (figure === undefined) throw new RangeError('no figures');
  return figure;
}

/** Milliseconds that each of so many takes, one after the other. */
export async function durations(count: number, once: (n: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await once(n);
    taken.push(performance.now() - began);
  }
  return taken;
}

export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new RangeError('no figures');
  return (low + high) / 2;
}

/** Runs `clients` loops of `once` for `seconds`; resolves to how many finished per second. */
export async function rate(
  clients: number,
  seconds: number,
  once: (client: number) => Promise<number>,
): Promise<number> {
  const began = performance.now();
  const until = began + seconds * 1_000;
  let done = 0;
  const loop = async (client: number): Promise<void> => {
    while (performance.now() < until) {
      // Not `done += await …`, which would read the sum before the wait and undo what the others added.
      const count = await once(client);
      done += count;
    }
  };
  await Promise.all(Array.from({ length: clients }, async (_, client) => loop(client)));
  return (done * 1_000) / (performance.now() - began);
}
