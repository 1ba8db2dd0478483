import { newestType, upcast } from '../../contracts/evolution.js';
import type { RecordedEvent } from '../../kernel/event-log.js';
import type { DataKey } from '../../kernel/keys.js';
import { opensType, type Change, type ProjectedEvent, type Projection, type Value } from '../../kernel/projection.js';
import { open } from '../keys/seal.js';

export type Row = Record<string, Value>;

/** An event that did not become rows, and why: codes and places in our own code only, never a value. */
export interface Parked {
  readonly position: bigint;
  readonly event: string;
  readonly error: string;
}

/** What a batch comes to: at most one put and one patch per key, so that each takes one statement. */
export interface Folded {
  readonly puts: ReadonlyMap<string, Row>;
  /** Only of rows that earlier batches put. */
  readonly patches: ReadonlyMap<string, Partial<Row>>;
  readonly parked: readonly Parked[];
}

/** The keys of a batch by id, for a projection that opens bodies; a key that is not there has been destroyed. */
export type Keys = ReadonlyMap<string, DataKey>;

/** Folds a batch in order: a patch of a row put in the same batch goes into that row, a later put replaces both. */
export function fold(projection: Projection, events: readonly RecordedEvent[], keys: Keys): Folded {
  const puts = new Map<string, Row>();
  const patches = new Map<string, Partial<Row>>();
  const parked: Parked[] = [];
  for (const event of events) {
    try {
      const changes = projection.changes(asRead(projection, event, keys));
      for (const change of changes) check(projection, change);
      for (const change of changes) apply(change, puts, patches);
    } catch (error) {
      parked.push({ position: event.position, event: event.id, error: describe(error) });
    }
  }
  return { puts, patches, parked };
}

function asRead(projection: Projection, event: RecordedEvent, keys: Keys): ProjectedEvent {
  const type = newestType(event.type);
  const read = type === event.type ? event : { ...event, type, storedType: event.type };
  if (!opensType(projection, type)) return read;
  const key = keys.get(event.meta.key);
  if (!key) return { ...read, opened: { erased: true } };
  const { data } = upcast({ type: event.type, data: open(key, event.data, event.id) });
  return { ...read, opened: { erased: false, data } };
}

function apply(change: Change<Row>, puts: Map<string, Row>, patches: Map<string, Partial<Row>>): void {
  if ('put' in change) {
    const key = keyOf(change.put);
    puts.set(key, change.put);
    patches.delete(key);
    return;
  }
  const put = puts.get(change.patch);
  if (put) puts.set(change.patch, Object.assign({}, put, change.set));
  else patches.set(change.patch, { ...patches.get(change.patch), ...change.set });
}

// A column nobody declared would be dropped silently, and the rows would lack what the projection thinks they hold.
function check(projection: Projection, change: Change<Row>): void {
  const columns = 'put' in change ? change.put : change.set;
  for (const column in columns) {
    if (!(column in projection.columns)) throw new UndeclaredColumn(projection.name, column);
  }
  if ('put' in change) keyOf(change.put);
  else if ('key' in change.set) throw new UndeclaredColumn(projection.name, 'key in a patch');
}

function keyOf(row: Row): string {
  const key = row['key'];
  if (typeof key !== 'string') throw new TypeError('a row needs a key of text');
  return key;
}

class UndeclaredColumn extends Error {
  readonly code = 'undeclared-column';
  constructor(projection: string, column: string) {
    super(`${projection} declares no column ${column}`);
    this.name = 'UndeclaredColumn';
  }
}

/** Name, code and the place in our code. Messages may quote what the event says, so they stay out. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const place = /^ {4}at .*?([\w.-]+:\d+):\d+\)?$/m.exec(error.stack ?? '')?.[1];
  return `${error.name}${code}${place === undefined ? '' : ` at ${place}`}`.slice(0, 200);
}
