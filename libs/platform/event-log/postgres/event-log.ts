import type {
  Appended,
  EventLog,
  ExpectedRevision,
  NewEvent,
  Position,
  RecordedEvent,
} from '../../../kernel/event-log.js';
import type { Database } from '../../database/pool.js';
import { encodeRequest, written, type AppendRequest, type Outcome } from './append-request.js';
import { AtHand } from './at-hand.js';
import { GroupCommit } from './group-commit.js';
import { logAppend } from './log-append.js';
import { NextEvents } from './next-events.js';
import { Pages } from './pages.js';
import { readAll, readHead, readRevisions, readStream, readStreams, refuseAhead } from './read.js';
import { WakeUp } from './wake-up.js';

const BATCH = 1_000;

export interface PostgresEventLogOptions {
  /** The hub's database, migrated. The caller ends it, after the log is closed. */
  readonly pool: Database;
  /** Its connection string: readers then hear at once of what other processes write, instead of by polling. */
  readonly wake?: string;
}

export async function openPostgresEventLog({ pool, wake }: PostgresEventLogOptions): Promise<EventLog> {
  const wakeUp = new WakeUp(pool);
  if (wake !== undefined) await wakeUp.listen(wake);
  return new PostgresEventLog(pool, wakeUp);
}

class PostgresEventLog implements EventLog {
  readonly #closed = new AbortController();
  readonly #commits: GroupCommit;
  readonly #atHand = new AtHand();
  readonly #nextEvents: NextEvents;

  constructor(
    private readonly database: Database,
    private readonly wakeUp: WakeUp,
  ) {
    this.#commits = new GroupCommit(
      async (requests) => this.#flush(requests),
      () => wakeUp.grew(),
    );
    const pages = new Pages(async (after, limit) => readAll(database, after, limit));
    this.#nextEvents = new NextEvents(this.#atHand, pages);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    if (this.#closed.signal.aborted) throw new Error('the event log is closed');
    const { promise, resolve, reject } = Promise.withResolvers<Appended>();
    this.#commits.add({ ...encodeRequest(stream, expected, events), settle: { resolve, reject } });
    return promise;
  }

  async readStream(stream: string, fromRevision = 0): Promise<RecordedEvent[]> {
    return readStream(this.database, stream, fromRevision);
  }

  async readStreams(streams: readonly string[]): Promise<Map<string, RecordedEvent[]>> {
    return readStreams(this.database, streams);
  }

  async revisions(streams: readonly string[]): Promise<Map<string, number>> {
    return readRevisions(this.database, streams);
  }

  async readAll(after: Position | null, limit: number): Promise<RecordedEvent[]> {
    return readAll(this.database, after, limit);
  }

  async *subscribe(
    after: Position | null,
    { signal, batch = BATCH }: { signal: AbortSignal; batch?: number },
  ): AsyncGenerator<RecordedEvent[]> {
    const ended = AbortSignal.any([signal, this.#closed.signal]);
    if (!ended.aborted) await refuseAhead(this.database, after);
    const reader = this.#atHand.joined(after ?? 0n, ended);
    try {
      while (!ended.aborted) {
        const { turn, elsewhere } = this.wakeUp;
        const events = await this.#nextEvents.after(reader, batch, { turn, elsewhere });
        if (ended.aborted) return;
        const last = events.at(-1);
        if (last === undefined) {
          await this.wakeUp.wait(turn, ended);
        } else {
          this.#atHand.moved(reader, last.position);
          yield events;
        }
      }
    } finally {
      this.#atHand.left(reader);
    }
  }

  async #flush(requests: readonly AppendRequest[]): Promise<readonly Outcome[]> {
    const { outcomes, recordedAt } = await logAppend(this.database, requests);
    const last = outcomes.findLast(({ outcome }) => outcome === 'written');
    if (last === undefined) return outcomes;
    // A flush that failed is not held: whatever it wrote is read from the table, as what other processes write.
    if (this.#atHand.wanted) {
      const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
      this.#atHand.hold(written(requests, outcomes, recordedAt), bytes);
    } else {
      this.#atHand.wrote(last.position);
    }
    return outcomes;
  }

  async head(): Promise<Position | null> {
    return readHead(this.database);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#commits.idle();
    await this.wakeUp.close();
  }
}
