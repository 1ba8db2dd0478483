import { upcasters } from './upcasters.js';

/** An event's content with the type it is of. */
export interface Typed {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The type under which events of `type` are read today: its own, unless there is a newer version. */
export function newestType(type: string): string {
  let newest = type;
  for (let next = upcasters.get(newest); next; next = upcasters.get(newest)) newest = next.to;
  return newest;
}

/** What was stored, in its newest shape. Throws on bytes that are not of the version they say. */
export function upcast(stored: Typed): Typed {
  let read = stored;
  for (let next = upcasters.get(read.type); next; next = upcasters.get(read.type)) {
    read = { type: next.to, data: next.upcast(read.data) };
  }
  return read;
}

/** Every type that is read as this newest one, itself first: what to look for in a store that says types as they were stored. */
export function versionsOf(newest: string): readonly string[] {
  return [newest, ...[...upcasters.keys()].filter((type) => newestType(type) === newest)];
}

/** The type that a fact is keyed by: its first version's, so that what is stated again in a newer shape is the same fact. */
export function firstVersionOf(type: string): string {
  for (const [older, { to }] of upcasters) if (to === type) return firstVersionOf(older);
  return type;
}
