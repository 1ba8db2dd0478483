import type { Database } from '../database/pool.js';
import { wait } from './waiting.js';

const LOOK_AGAIN_MS = 250;

/** Tells when the rows that readers of a projection see have moved on. Looks only while somebody waits, once for all. */
export class RowsMoved {
  #looking: Promise<string> | undefined;

  constructor(
    private readonly database: Database,
    private readonly name: string,
  ) {}

  /** Says where the rows are; equal marks, equal rows. */
  async mark(): Promise<string> {
    const { rows } = await this.database.query<{ mark: string }>(
      `select build || ' ' || coalesce(position, 0) as mark from projections where name = $1 and live`,
      [this.name],
    );
    return rows[0]?.mark ?? '';
  }

  /** Resolves with the new mark once it is another than `seen`; with `seen` itself when the signal aborts first. */
  async beyond(seen: string, signal: AbortSignal): Promise<string> {
    while (!signal.aborted) {
      this.#looking ??= this.#lookSoon();
      const mark = await this.#looking;
      if (mark !== seen) return mark;
    }
    return seen;
  }

  async #lookSoon(): Promise<string> {
    try {
      await wait(LOOK_AGAIN_MS, never);
      return await this.mark();
    } finally {
      this.#looking = undefined;
    }
  }
}

const never = new AbortController().signal;
