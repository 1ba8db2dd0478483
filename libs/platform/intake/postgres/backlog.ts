import type { Clock } from '../../../kernel/clock.js';
import type { Database } from '../../database/pool.js';

const REFRESH_MS = 1_000;

/**
 * How many messages wait to be translated: counted about once a second, and carried forward between counts by what this
 * process keeps and closes. An estimate, for back-pressure only.
 */
export class Backlog {
  #waiting = 0;
  #countedAt = Number.NEGATIVE_INFINITY;
  #counting: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly limit: number,
    private readonly clock: Clock,
  ) {}

  add(count: number): void {
    this.#waiting = Math.max(0, this.#waiting + count);
  }

  /** The first call waits for a count; later ones answer at once and let a new count catch up behind them. */
  full(): boolean | Promise<boolean> {
    const age = this.clock.now() - this.#countedAt;
    if (age <= REFRESH_MS && age >= 0) return this.#reached;
    this.#counting ??= this.#count();
    if (this.#countedAt === Number.NEGATIVE_INFINITY) return this.#counting.then(() => this.#reached);
    // Nobody waits for it. Should it fail, the estimate stands for another second; who keeps next hears of the fault.
    this.#counting.catch((_error: unknown) => undefined);
    return this.#reached;
  }

  /** Resolves when no count is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#counting]);
  }

  get #reached(): boolean {
    return this.#waiting >= this.limit;
  }

  async #count(): Promise<void> {
    const before = this.#waiting;
    try {
      // Never counts past the limit: the answer would be the same and the cost would not.
      const { rows } = await this.database.query<{ waiting: number }>({
        name: 'intake backlog',
        text: `select count(*)::integer as waiting
               from (select from queue limit $1) as counted`,
        values: [this.limit],
      });
      // What this process kept or closed while the count ran may be in it or not: counting it twice errs to the safe side.
      this.#waiting = (rows[0]?.waiting ?? 0) + Math.max(0, this.#waiting - before);
    } finally {
      this.#countedAt = this.clock.now();
      this.#counting = undefined;
    }
  }
}
