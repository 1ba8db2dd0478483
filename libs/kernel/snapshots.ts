/**
 * What the snapshots of one record say one after the other: decided from all of them in the order of the source's time, so
 * whatever order they arrived in. Pure: the worker calls it with every snapshot that stands.
 */
import type { Occurred } from './fact.js';

/** One thing a snapshot says: a field, or the member of a list that this business key names. */
export interface Said {
  /** The field or list. */
  readonly group: string;
  /** Business key within the list; '' for a field. Never a place in the message. */
  readonly member: string;
  /** What it says of it; absent when it names the member and says no more, which takes nothing back. */
  readonly value?: string;
}

export interface Snapshot {
  readonly said: readonly Said[];
  /**
   * Groups of which the format says that a snapshot lists all there is. Of every other, what is not mentioned is not
   * over: a field that disappears says nothing.
   */
  readonly whole: readonly string[];
}

/** `listed`: for the first time, or again after it had ended. `changed`: with another value than was last said. */
export interface Change {
  readonly kind: 'listed' | 'changed' | 'ended';
  readonly group: string;
  readonly member: string;
  /** As it holds from now on; absent when nobody has said. Of what ended: as it last held. */
  readonly value?: string;
}

/** A fact that follows from a change. Its key is the business key after the record's. */
export interface ChangeFact {
  readonly key: readonly string[];
  readonly type: string;
  readonly data: Uint8Array;
  readonly occurred: Occurred;
}

/** How the snapshots of one canonical type are read, and what their changes are called. Pure. */
export interface SnapshotReading {
  /** `data`: canonical bytes of one snapshot. */
  readonly read: (data: Uint8Array) => Snapshot;
  /** `observedAt`: RFC 3339, of the snapshot that the change was seen in. Nothing follows from what is no news. */
  readonly facts: (change: Change, observedAt: string) => readonly ChangeFact[];
}

/** The changes that each snapshot brings, given in the order of the source's time. One that says nothing new brings none. */
export function changesThrough(snapshots: readonly Snapshot[]): Change[][] {
  const known = new Map<string, Said>();
  return snapshots.map((snapshot) => [...over(known, snapshot), ...news(known, snapshot)]);
}

function news(known: Map<string, Said>, { said }: Snapshot): Change[] {
  return said.flatMap((one): Change[] => {
    const name = nameOf(one);
    const before = known.get(name);
    if (before && (one.value === undefined || one.value === before.value)) return [];
    known.set(name, one);
    return [{ kind: before ? 'changed' : 'listed', ...one }];
  });
}

function over(known: Map<string, Said>, { said, whole }: Snapshot): Change[] {
  const still = new Set(said.map(nameOf));
  return [...known].flatMap(([name, one]): Change[] => {
    if (!whole.includes(one.group) || still.has(name)) return [];
    known.delete(name);
    return [{ kind: 'ended', ...one }];
  });
}

function nameOf({ group, member }: Said): string {
  return JSON.stringify([group, member]);
}
