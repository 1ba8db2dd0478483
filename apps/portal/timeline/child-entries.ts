import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { asKnown } from '../../../libs/timeline/as-known.js';
import { entryOf, type TimelineEntry } from '../../../libs/timeline/entry.js';
import { knownChild, type KnownChild } from '../children/known-child.js';
import type { Looker } from '../looks/looker.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';
import { seenBy } from './seen.js';
import { readPage, type PageRow, type PageWanted } from './timeline-rows.js';

export interface EntryParts {
  readonly database: Database;
  readonly keys: KeyStore;
}

/** A child whom a looker may know of, and what disclosure decided of the child's entries. */
export interface Sighted extends Awaited<ReturnType<typeof seenBy>> {
  readonly known: KnownChild;
}

/** Undefined: not known and not allowed are the same. */
export async function sighted(
  database: Database,
  looker: Looker,
  child: string,
  asKnownAt?: string,
): Promise<Sighted | undefined> {
  const known = await knownChild(database, looker, child);
  return known && { known, ...(await seenBy(database, known, looker, asKnownAt)) };
}

export interface ShownEntry extends TimelineEntry {
  /** When the hub came to know that it is about this child: RFC 3339. */
  readonly linkedAt: string;
}

/** Entries that a looker sees in full, newest first, at most `limit`. The look is the caller's to write down. */
export async function readEntries(parts: EntryParts, wanted: PageWanted): Promise<ShownEntry[]> {
  const rows = await readPage(parts.database, wanted);
  return openEntries(rows, parts.keys, wanted.filter.asKnownAt);
}

export async function openEntries(rows: readonly PageRow[], keys: KeyStore, asKnownAt?: string): Promise<ShownEntry[]> {
  return (await openRows(keys, rows)).flatMap(({ row, opened }) => {
    const shown = asKnownAt === undefined ? row : asKnown(row, asKnownAt);
    return shown ? [{ ...entryOf(shown, opened), linkedAt: row.linked_at }] : [];
  });
}
