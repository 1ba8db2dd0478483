import type { JsonObject } from '@bufbuild/protobuf';
import type { KeyStore, Opened } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { asKnown } from '../../../libs/timeline/as-known.js';
import { entryOf, type TimelineEntry } from '../../../libs/timeline/entry.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
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
  const { page } = await openTogether(keys, rows, [], asKnownAt);
  return page.map(({ row, opened }) => shownEntry(row, opened));
}

export interface OpenedRow<Row extends TimelineRow = PageRow> {
  readonly row: Row;
  readonly opened: Opened;
}

/**
 * Opens the rows of a page, as they stood at `asKnownAt`, and those of the header above it, each once: most of them are on both. A row
 * that had not been recorded by then is left out.
 */
export async function openTogether(
  keys: KeyStore,
  page: readonly PageRow[],
  above: readonly TimelineRow[],
  asKnownAt?: string,
): Promise<{ readonly page: readonly OpenedRow[]; readonly above: readonly OpenedRow<TimelineRow>[] }> {
  const rows = new Map([...above, ...page].map((row) => [row.key, row]));
  const found = new Map((await openRows(keys, [...rows.values()])).map((one) => [one.row.key, one]));
  const opened = <Row extends TimelineRow>(row: Row): OpenedRow<Row>[] => {
    const one = found.get(row.key);
    return one ? [{ row: { ...row, type: one.row.type }, opened: one.opened }] : [];
  };
  const stood = (row: PageRow): PageRow[] => {
    const then = asKnownAt === undefined ? row : asKnown(row, asKnownAt);
    return then ? [{ ...row, ...then }] : [];
  };
  return { page: page.flatMap(stood).flatMap(opened), above: above.flatMap(opened) };
}

/** The entry of a row; `content` where it has been decoded already. */
export function shownEntry(row: PageRow, opened: Opened, content?: JsonObject): ShownEntry {
  return { ...entryOf(row, opened, content), linkedAt: row.linked_at };
}
