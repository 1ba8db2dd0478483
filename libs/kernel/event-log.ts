/**
 * The event log port. It promises only what every engine behind it can keep:
 * - positions are opaque and comparable (`<`), and a reader that resumes after one misses and repeats nothing;
 * - an append carries the revision it expects of its stream, and is refused alone when that is not so;
 * - an append is idempotent for (stream, exact revision, same ids): after a lost acknowledgement, send it again;
 * - nothing is atomic across two streams, nor across the log and a read model.
 */
export type Position = bigint;

/** The last revision a writer has seen: 0 for the first event of a stream. */
export type ExpectedRevision = number | 'no-stream' | 'any';

/** What is readable of an event without any key: no name, no identifier, no source key ever goes in here. */
export interface EventMeta {
  readonly system: string;
  readonly agency: string;
  /** Keyed hash of the fact's business key, hex. */
  readonly fact: string;
  /** Keyed hash of the content, hex; empty for a withdrawal. */
  readonly content: string;
  /** The event this one replaces as the current version of its fact. */
  readonly supersedes?: string;
  /** A version that was already out of date when the hub learnt of it: never current. */
  readonly historic?: true;
  /** Brought late, by a publisher who said so: recorded and shown, and nobody is paged. */
  readonly history?: true;
  /** RFC 3339 instant; with precision `date`, the start of that day in Europe/London. */
  readonly occurredAt: string;
  readonly precision: 'instant' | 'date';
  /** When the source said so (its own time), RFC 3339. */
  readonly statedAt: string;
  /** When the hub received the message, RFC 3339. */
  readonly receivedAt: string;
  readonly category: string;
  readonly handling: string;
  readonly receipt: string;
  readonly correlation: string;
  readonly causation?: string;
  /** The key that seals `data`. */
  readonly key: string;
}

/** The type of the event that takes a fact back; `meta.supersedes` names the version that no longer holds. */
export const FACT_WITHDRAWN = 'hub.record.v1.FactWithdrawn';

/** What the hub's own users say of entries: in the stream of the record it is about, and never an entry itself. */
export const ANNOTATION = 'annotation';

/** What the hub derives of a child (duties, notices): in a stream of the child's own, and never an entry. */
export const REACTION = 'reaction';

export interface NewEvent {
  /** UUID. */
  readonly id: string;
  /** Canonical type, `hub.<agency>.v1.<Fact>`. */
  readonly type: string;
  readonly meta: EventMeta;
  /** Sealed protobuf bytes of the canonical event. */
  readonly data: Uint8Array;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** Set by the log under its write lock: never earlier than the event before. RFC 3339. */
  readonly recordedAt: string;
}

export interface Appended {
  /** Revision and position of the last event of this append. */
  readonly revision: number;
  readonly position: Position;
  /** True when the very same append had already been written. */
  readonly repeated: boolean;
}

/** The stream was not at the revision the writer expected; nothing of this append was written. */
export class RevisionConflict extends Error {
  readonly code = 'revision-conflict';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** -1 when the stream does not exist. */
    readonly actual: number,
  ) {
    super(`stream ${stream} is at revision ${actual}, expected ${expected}`);
    this.name = 'RevisionConflict';
  }
}

export interface EventLog {
  /** Resolves once durable. Rejects with `RevisionConflict`, or with the engine's error when nothing is known. */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /** Events of one stream from a revision on, oldest first; empty when there is no such stream. */
  readStream(stream: string, fromRevision?: number): Promise<RecordedEvent[]>;

  /** The same of several streams, from their first revision; without those that do not exist. */
  readStreams(streams: readonly string[]): Promise<Map<string, RecordedEvent[]>>;

  /** Last revision of each stream that exists. */
  revisions(streams: readonly string[]): Promise<Map<string, number>>;

  /** At most `limit` events after a position (null: from the first), in position order. */
  readAll(after: Position | null, limit: number): Promise<RecordedEvent[]>;

  /** Non-empty batches after a position, first those that exist, then live, until the signal aborts. */
  subscribe(after: Position | null, options: { signal: AbortSignal; batch?: number }): AsyncIterable<RecordedEvent[]>;

  /** Position of the last event; null when the log is empty. */
  head(): Promise<Position | null>;

  close(): Promise<void>;
}
