import type { Position, RecordedEvent } from '../../../kernel/event-log.js';

interface Page {
  readonly events: Promise<RecordedEvent[]>;
  /** As the wake-up counts them: taken before it was read. */
  readonly turn: number;
}

type Read = (after: Position | null, limit: number) => Promise<RecordedEvent[]>;

/** As many as the readers of one process are apart; each holds at most what its reader asked for. */
const KEPT = 8;

/**
 * The pages that were read last. Everything that follows the log in one process reads the same events, one soon after the
 * other: read and taken apart once, they are there for all. What a page holds never changes, it may only be shorter than
 * what one read now would be.
 */
export class Pages {
  readonly #kept = new Map<string, Page>();

  constructor(private readonly read: Read) {}

  /** `turn` of now: the log is not known to have grown since a page of the same turn was asked for, even an empty one. */
  async after(position: Position | null, limit: number, turn: number): Promise<RecordedEvent[]> {
    const place = `${position ?? 0n} ${limit}`;
    // Nothing may be awaited between the last look and the entry: of two that look, one reads.
    for (let kept = this.#kept.get(place); kept !== undefined;) {
      const events = await kept.events;
      if (events.length > 0 || kept.turn === turn) return events;
      const newer = this.#kept.get(place);
      kept = newer === kept ? undefined : newer;
    }
    const page = { events: this.read(position, limit), turn };
    this.#keep(place, page);
    try {
      return await page.events;
    } catch (error) {
      if (this.#kept.get(place) === page) this.#kept.delete(place);
      throw error;
    }
  }

  #keep(place: string, page: Page): void {
    // The newest last.
    this.#kept.delete(place);
    this.#kept.set(place, page);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
