import type { Agency } from './agency.js';
import type { Message } from './fact.js';
import type { Translation } from './outcome.js';
import type { SnapshotReading } from './snapshots.js';

/** A pure function from a kept message to canonical facts or a named outcome. It never throws on bad input. */
export type Format = (message: Message) => Translation;

/** What one partner system says and what we call it. */
export interface Adapter {
  readonly agency: Agency;
  /** By format name: the publisher's own message type. */
  readonly formats: Readonly<Record<string, Format>>;
  /** Names the format of a message whose publisher did not; undefined when it is none of ours. */
  readonly recognise?: (message: Message) => string | undefined;
  /** The format of a message whose publisher named one of many that are read alike: any type of a stream of events. */
  readonly formatNamed?: (message: Message) => string | undefined;
  /** By canonical type: how the snapshots of a record are compared. */
  readonly snapshots?: Readonly<Record<string, SnapshotReading>>;
}

export function defineAdapter(adapter: Adapter): Adapter {
  return adapter;
}
