import {
  RevisionConflict,
  type Appended,
  type EventMeta,
  type ExpectedRevision,
  type NewEvent,
  type RecordedEvent,
} from '../../../kernel/event-log.js';

/** One append waiting for its flush, encoded when it was asked for, while an earlier flush is under way. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
  readonly bytes: number;
  readonly settle: { resolve(appended: Appended): void; reject(reason: unknown): void };
}

export interface EncodedEvent {
  readonly id: string;
  readonly type: Buffer;
  readonly meta: Buffer;
  readonly data: Uint8Array;
  /** The same but for its bytes, as it will be read from the log. */
  readonly asRead: Pick<RecordedEvent, 'id' | 'type' | 'meta'>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Checks what the database would refuse: there it would fail the whole flush, and others' appends with it.
 * Throws `TypeError`.
 */
export function encodeRequest(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Omit<AppendRequest, 'settle'> {
  if (!UUID.test(stream)) throw new TypeError('a stream is a UUID');
  if (events.length === 0) throw new TypeError('an append holds at least one event');
  if (typeof expected === 'number' && !(Number.isInteger(expected) && expected >= 0 && expected < 2 ** 31)) {
    throw new TypeError("an expected revision is an integer from 0, 'no-stream' or 'any'");
  }
  const encoded = events.map(encodeEvent);
  const bytes = encoded.reduce((sum, { meta, data }) => sum + meta.length + data.byteLength, 0);
  return { stream: stream.toLowerCase(), expected, events: encoded, bytes };
}

function encodeEvent({ id, type, meta, data }: NewEvent): EncodedEvent {
  if (!UUID.test(id)) throw new TypeError('an event id is a UUID');
  if (type.includes('\0')) throw new TypeError('an event type holds no NUL');
  const json = JSON.stringify(meta);
  // PostgreSQL writes a UUID in lower case, and UTF-8 has no half of a surrogate pair.
  const asRead = { id: id.toLowerCase(), type: type.toWellFormed(), meta: metaAsRead(meta, json) };
  return { id, type: Buffer.from(type), meta: Buffer.from(json), data, asRead };
}

// Text and true come back from JSON as they went: then a copy does, in a tenth of the time.
function metaAsRead(meta: EventMeta, json: string): EventMeta {
  for (const value of Object.values(meta)) {
    if (typeof value !== 'string' && value !== true) return JSON.parse(json) as EventMeta;
  }
  return { ...meta };
}

/** What became of one request, as `log_append` says it. */
export interface Outcome {
  readonly outcome: 'written' | 'repeated' | 'refused';
  readonly revision: number;
  readonly position: bigint;
}

export function settle(request: AppendRequest, { outcome, revision, position }: Outcome): void {
  if (outcome === 'refused') {
    request.settle.reject(new RevisionConflict(request.stream, request.expected, revision));
  } else {
    request.settle.resolve({ revision, position, repeated: outcome === 'repeated' });
  }
}

/** The events that a flush wrote, as they will be read from the log, and in its order: one position after the other. */
export function written(
  requests: readonly AppendRequest[],
  outcomes: readonly Outcome[],
  recordedAt: string,
): RecordedEvent[] {
  return requests.flatMap(({ stream, events }, at) => {
    const of = outcomes[at];
    if (of?.outcome !== 'written') return [];
    return events.map(({ asRead, data }, n) => {
      const later = events.length - 1 - n;
      const [revision, position] = [of.revision - later, of.position - BigInt(later)];
      // A copy: whoever appended may use theirs again.
      return { ...asRead, data: Buffer.from(data), stream, revision, position, recordedAt };
    });
  });
}
