import type { Opened } from './keys.js';
import type { RecordedEvent } from './event-log.js';

/**
 * An event as a projection meets it: of the newest version of its type, and so is what is in `opened`, which is there only
 * when the projection asked for it. `data` is as it was stored.
 */
export interface ProjectedEvent extends RecordedEvent {
  /** The type that `data` is of, where it is an older version. */
  readonly storedType?: string;
  readonly opened?: Opened;
}

export type Value = string | number | bigint | boolean | Uint8Array | null;

/** What one event does to a projection's rows. Rows belong to records; the child is joined through the link. */
export type Change<Row> =
  | { readonly put: Row }
  /** Sets columns of a row that is already there; nothing when it is not. */
  | { readonly patch: string; readonly set: Partial<Row> };

/** Turns events into rows. Pure: same events, same rows. Its version is its schema: raise it, and it is rebuilt beside. */
export interface Projection<Row extends Record<string, Value> = Record<string, Value>> {
  readonly name: string;
  readonly version: number;
  /** Column name → PostgreSQL type. The column named `key` identifies a row. */
  readonly columns: Readonly<Record<keyof Row & string, string>>;
  /** Column lists of the indexes its queries need. */
  readonly indexes: readonly string[];
  /** The types whose content it needs, or true for every type: their keys are fetched and bodies opened, a batch at a time. */
  readonly opens: boolean | readonly string[];
  /** PostgreSQL channel on which it is said that rows were written, where somebody waits for them. */
  readonly rings?: string;
  /** Throwing parks the event: the others go on. */
  readonly changes: (event: ProjectedEvent) => readonly Change<Row>[];
}

/** True when the projection needs the content of events of this type. Few types of many: the rest is never opened. */
export function opensType({ opens }: Pick<Projection, 'opens'>, type: string): boolean {
  return typeof opens === 'boolean' ? opens : opens.includes(type);
}

export function defineProjection<Row extends Record<string, Value>>(projection: Projection<Row>): Projection<Row> {
  return projection;
}
