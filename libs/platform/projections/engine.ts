import type { Projection } from '../../kernel/projection.js';
import { buildsOf, liveBuild, prepare } from './builds.js';
import { describe } from './changes.js';
import { measure, settled } from './lag.js';
import { Locks } from './locks.js';
import { BATCH, batches, writeBatch, type ProjectionParts } from './parts.js';
import { rebuild, type RebuildProgress } from './rebuild.js';
import { wait } from './waiting.js';

const RETRY_MS = 1_000;
const LOOK_FOR_BUILDS_MS = 10_000;
const MEASURE_MS = 2_000;

export interface RebuildOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/** Keeps the rows of projections true to the log. Any number of instances may run: one at a time writes each build. */
export class Projections {
  readonly #parts: ProjectionParts;
  readonly #projections: readonly Projection[];
  readonly #locks: Locks;

  constructor(parts: ProjectionParts, projections: readonly Projection[]) {
    this.#parts = parts;
    this.#projections = projections;
    this.#locks = new Locks(parts.database);
  }

  /** Creates what readers read. Call it before anything queries a projection; `run` does too. */
  async prepare(): Promise<void> {
    for (const projection of this.#projections) await prepare(this.#parts.database, projection);
  }

  /** Follows the log with every projection until the signal aborts, and rebuilds beside where a version was raised. */
  async run(signal: AbortSignal): Promise<void> {
    await this.prepare();
    const { database, log, metrics } = this.#parts;
    const following = this.#projections.flatMap((projection) => [
      this.#persist(`follow ${projection.name}`, signal, () => this.#follow(projection, signal)),
      this.#persist(`rebuild ${projection.name}`, signal, () => this.#rebuildIfDue(projection, signal)),
    ]);
    const measuring = this.#persist('measure', signal, async () => {
      await measure(database, log, metrics);
      await wait(MEASURE_MS, signal);
    });
    await Promise.all([...following, measuring]);
    await this.close();
  }

  /** Builds `name` anew beside the live build, or goes on with a build that was broken off, then swaps. */
  async rebuild(name: string, { signal = never, onProgress }: RebuildOptions = {}): Promise<void> {
    const projection = this.#projections.find((candidate) => candidate.name === name);
    if (!projection) throw new Error(`there is no projection ${name}`);
    await this.prepare();
    await this.#locks.hold(rebuildLock(name), signal, (held) => rebuild(this.#parts, projection, held, onProgress));
  }

  /** Resolves once readers see everything the log held when this was called, or the signal aborts. */
  async settled(signal: AbortSignal = never): Promise<void> {
    const names = this.#projections.map(({ name }) => name);
    await settled(this.#parts.database, this.#parts.log, names, signal);
  }

  /** Gives back the connection that holds the locks. `run` does so itself; needed after `rebuild` alone. */
  async close(): Promise<void> {
    await this.#locks.close();
  }

  async #follow(projection: Projection, signal: AbortSignal): Promise<void> {
    const { database, log } = this.#parts;
    const live = await liveBuild(database, projection.name);
    // Another version's rows are not ours to write: an older build waits for its rebuild, a newer one has its own writer.
    if (live.version !== projection.version) {
      await wait(RETRY_MS, signal);
      return;
    }
    await this.#locks.hold(`projection ${live.name} ${live.build}`, signal, async (held) => {
      const current = await liveBuild(database, projection.name);
      // Swapped while this one waited for its turn.
      if (current.build !== live.build) return;
      let { position } = current;
      const stop = new AbortController();
      try {
        const events = log.subscribe(position, { signal: AbortSignal.any([held, stop.signal]), batch: BATCH });
        for await (const batch of batches(this.#parts, projection, live, events)) {
          if ((await writeBatch(this.#parts, projection, live, position, batch)) !== 'written') return;
          position = batch.events.at(-1)?.position ?? position;
        }
      } finally {
        stop.abort();
      }
    });
  }

  async #rebuildIfDue(projection: Projection, signal: AbortSignal): Promise<void> {
    if (await this.#rebuildDue(projection)) {
      await this.#locks.hold(rebuildLock(projection.name), signal, async (held) => {
        if (await this.#rebuildDue(projection)) await rebuild(this.#parts, projection, held);
      });
    }
    await wait(LOOK_FOR_BUILDS_MS, signal);
  }

  // A raised version, or a build of this version that was broken off. Never back to an older version by itself: during a
  // rolling upgrade old and new instances run side by side.
  async #rebuildDue({ name, version }: Projection): Promise<boolean> {
    const builds = await buildsOf(this.#parts.database, name);
    const live = builds.find((build) => build.live)?.version ?? 0;
    return live < version || (live === version && builds.some((build) => !build.live && build.version === version));
  }

  // What fails here is the database or the log. It comes back, and so does this, from the checkpoint.
  async #persist(task: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (signal.aborted) return;
        this.#parts.logger.error({ task, error: describe(error) }, 'projections interrupted, trying again');
        await wait(RETRY_MS, signal);
      }
    }
  }
}

const never = new AbortController().signal;

const rebuildLock = (name: string): string => `projection ${name} rebuild`;
