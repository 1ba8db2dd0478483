import type { Position, RecordedEvent } from '../../../kernel/event-log.js';

const MOST_BYTES = 32 * 1_048_576;
/** Besides an event's own bytes: what holds them. */
const BESIDES = 1_024;
/** Whoever is so far behind reads the table: a reader that stands still keeps nothing in memory. */
const FORGOTTEN_AFTER_MS = 30_000;

/** What one flush wrote. Its events follow one another without a gap. */
interface Run {
  readonly events: readonly RecordedEvent[];
  /** The positions before its first event, and of its last. */
  readonly after: Position;
  readonly last: Position;
  readonly bytes: number;
  readonly since: number;
}

/** Somebody who follows the log, and where: everything up to there has been given out. */
export interface Reader {
  position: Position;
  /** Aborted when it will not come again, although it may not say so: `left`. */
  readonly ended: AbortSignal;
}

/**
 * What this process has just appended, for those of it that follow the log: they need not read back what was in hand a moment ago.
 * Only what continues without a gap is given out: whatever is not held here, another process's events among it, is read from the table.
 */
export class AtHand {
  /** In the order of their positions, the oldest first. Between two of them may stand what another process wrote. */
  readonly #runs: Run[] = [];
  readonly #readers = new Set<Reader>();
  #bytes = 0;
  /** The last position that this process has written, held or not: never lowered by what is dropped. */
  #newest: Position = 0n;

  /** `mostBytes`: beyond that, the oldest is held no longer. */
  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** Where nobody follows, nothing is held. */
  get wanted(): boolean {
    return this.#readers.size > 0;
  }

  /** Call with the last position of a flush that is not to be held, once it is known to be committed. */
  wrote(last: Position): void {
    this.#newest = last;
  }

  /** Call with what one flush wrote, once it is known to be committed. `content`: how many bytes went into it. */
  hold(events: readonly RecordedEvent[], content: number): void {
    const [first] = events;
    if (first === undefined) return;
    const after = first.position - 1n;
    this.wrote(after + BigInt(events.length));
    for (const reader of this.#readers) if (reader.ended.aborted) this.left(reader);
    if (!this.wanted) return;
    // A log that was restored under us goes on in the middle of what is held: that is no longer what it holds.
    if ((this.#runs.at(-1)?.last ?? 0n) > after) this.#clear();
    const since = performance.now();
    const bytes = content + BESIDES * events.length;
    this.#runs.push({ events, after, last: this.#newest, bytes, since });
    this.#bytes += bytes;
    this.#drop((run) => this.#bytes > this.mostBytes || run.since < since - FORGOTTEN_AFTER_MS);
  }

  /** At most `limit` events from the very next position on; none when that one is not held. */
  after(position: Position, limit: number): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let next = position;
    const newest = this.#runs.findLastIndex((run) => run.after <= position);
    for (const run of newest < 0 ? [] : this.#runs.slice(newest)) {
      if (run.after > next || run.last <= next || events.length >= limit) break;
      const from = Number(next - run.after);
      events.push(...run.events.slice(from, from + limit - events.length));
      next = position + BigInt(events.length);
    }
    return events;
  }

  /** True when this process has written beyond this position. */
  wroteAfter(position: Position): boolean {
    return this.#newest > position;
  }

  /** From now on what is appended is held for this reader too, until it has `moved` past it or `left`. */
  joined(position: Position, ended: AbortSignal): Reader {
    const reader = { position, ended };
    this.#readers.add(reader);
    return reader;
  }

  moved(reader: Reader, position: Position): void {
    reader.position = position;
    this.#dropPassed();
  }

  left(reader: Reader): void {
    this.#readers.delete(reader);
    if (this.#readers.size === 0) this.#clear();
    else this.#dropPassed();
  }

  #dropPassed(): void {
    this.#drop(({ last }) => {
      for (const { position } of this.#readers) if (position < last) return false;
      return true;
    });
  }

  #drop(goes: (oldest: Run) => boolean): void {
    for (let [oldest] = this.#runs; oldest !== undefined && goes(oldest); [oldest] = this.#runs) {
      this.#runs.shift();
      this.#bytes -= oldest.bytes;
    }
  }

  #clear(): void {
    this.#runs.length = 0;
    this.#bytes = 0;
  }
}
