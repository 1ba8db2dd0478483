import { versionsOf } from '../../../libs/contracts/evolution.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { caseStatements, headerTypes } from '../../../libs/timeline/header/header.fold.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import { heldAt, holds } from './kind-text.js';
import {
  asShown,
  nowOrThen,
  pageQuery,
  readPage,
  rowsSeen,
  seenValues,
  type PageRow,
  type PageWanted,
  type Seen,
} from './timeline-rows.js';

// Of each type the newest: what is said of a child now is among them, however long the childhood.
const OF_A_TYPE = 40;
const NAMING = 50;

/** Rows that a header is made of, that hold, as they are or were known: of the header's types only, none the viewer may not see. */
export async function readHeaderRows(database: Database, seen: Seen): Promise<TimelineRow[]> {
  const { rows } = await database.query<TimelineRow>({
    name: `header rows ${nowOrThen(seen)}`,
    text: `with ${headerKeys(seen)} select t.* ${ofHeader}`,
    values: seenValues(seen),
  });
  return rows;
}

export interface PageWithHeader {
  readonly page: readonly PageRow[];
  /** As `readHeaderRows` has them. Where a row is on the page too, its key stands in both. */
  readonly header: readonly TimelineRow[];
}

/** A page and the rows of the header above it: most rows of a header are on the newest page, and are read once. */
export async function readPageWithHeader(database: Database, wanted: PageWanted): Promise<PageWithHeader> {
  // As they were known, a row is looked up again for each of the two: then they are better asked for abreast.
  if (wanted.seen.asKnownAt !== undefined) {
    const [page, header] = await Promise.all([readPage(database, wanted), readHeaderRows(database, wanted.seen)]);
    return { page, header };
  }
  const { text, values } = pageQuery(wanted);
  const { rows } = await database.query<PageRow & Place>({
    name: 'timeline page with header',
    text: `
      with page as materialized (${text}), ${headerKeys(wanted.seen)}
      select *, true as on_page, key in (select key from header) as in_header from page
      union all
      select t.*, null, null, null, false, true ${ofHeader} where h.key not in (select key from page)
      order by on_page desc, occurred_at desc, position desc`,
    values,
  });
  return {
    page: rows.filter(({ on_page }) => on_page).map(asShown),
    header: rows.filter(({ in_header }) => in_header),
  };
}

interface Place {
  readonly earlier: string | null;
  readonly on_page: boolean;
  readonly in_header: boolean;
}

// In the text, where the server makes a table of so many, and does not compare each row with each.
const arrayOf = (types: readonly string[]): string => `'{${types.flatMap(versionsOf).join(',')}}'::text[]`;

// Chosen by their keys and then looked up, each: whole rows are much to sort.
const ofHeader = `from header h cross join lateral (select * from timeline where key = h.key offset 0) t`;

/** Defines `header`: the keys of its rows. Takes `seenValues`. */
const headerKeys = (seen: Seen): string => `
  counting as (
    select distinct on (c.record) c.key from links l join caseload c on c.record = l.record
    where l.child = $1
      and (case when $3::timestamptz is null then l.known_to = 'infinity' else l.known_from <= $3 and l.known_to > $3 end)
      and ($3 is null or c.recorded_at <= $3) and (c.void_at is null or c.void_at > $3)
      and c.since <= coalesce($3, now())
    order by c.record, c.since desc, c.position desc
  ), newest as (
    select t.key, t.type, row_number() over (partition by t.type order by t.occurred_at desc, t.position desc) as nth
    ${rowsSeen(seen)} and t.type = any(${arrayOf(headerTypes)}) and ${seen.asKnownAt === undefined ? holds('t') : heldAt('t', '$3')}
  ), header as materialized (
    -- Who holds a case follows from the newest statement: where that is not for this viewer, an older one would mislead.
    select key from newest
    where nth <= ${OF_A_TYPE} and (type <> all(${arrayOf(caseStatements)}) or key in (select key from counting))
  )`;

/** The newest rows by when their source stated them: among them stands what the child was called then. */
export async function readNamingRows(database: Database, seen: Seen): Promise<TimelineRow[]> {
  const { rows } = await database.query<TimelineRow>({
    name: `naming rows ${nowOrThen(seen)}`,
    text: `select t.* ${rowsSeen(seen)} order by t.stated_at desc, t.position desc limit ${NAMING}`,
    values: seenValues(seen),
  });
  return rows;
}
