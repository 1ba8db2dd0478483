import { versionsOf } from '../../../libs/contracts/evolution.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { caseStatements, headerTypes } from '../../../libs/timeline/header/header.fold.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import { heldAt, holds } from './kind-text.js';
import { nowOrThen, rowsSeen, seenValues, type Seen } from './timeline-rows.js';

// Of each type the newest: what is said of a child now is among them, however long the childhood.
const OF_A_TYPE = 40;
const NAMING = 50;

/** Rows that a header is made of, that hold, as they are or were known: of the header's types only, none the viewer may not see. */
export async function readHeaderRows(database: Database, seen: Seen): Promise<TimelineRow[]> {
  const { rows } = await database.query<TimelineRow>({
    name: `header rows ${nowOrThen(seen)}`,
    text: `
      with counting as (
        select distinct on (c.record) c.key from links l join caseload c on c.record = l.record
        where l.child = $1
          and (case when $3::timestamptz is null then l.known_to = 'infinity' else l.known_from <= $3 and l.known_to > $3 end)
          and ($3 is null or c.recorded_at <= $3) and (c.void_at is null or c.void_at > $3)
          and c.since <= coalesce($3, now())
        order by c.record, c.since desc, c.position desc
      ), newest as (
        select t.*, row_number() over (partition by t.type order by t.occurred_at desc, t.position desc) as nth
        ${rowsSeen(seen)} and t.type = any($6::text[]) and ${seen.asKnownAt === undefined ? holds('t') : heldAt('t', '$3')}
      )
      -- Who holds a case follows from the newest statement: where that is not for this viewer, an older one would mislead.
      select * from newest
      where nth <= ${OF_A_TYPE} and (type <> all($7::text[]) or key in (select key from counting))`,
    values: [...seenValues(seen), headerTypes.flatMap(versionsOf), caseStatements.flatMap(versionsOf)],
  });
  return rows;
}

/** The newest rows by when their source stated them: among them stands what the child was called then. */
export async function readNamingRows(database: Database, seen: Seen): Promise<TimelineRow[]> {
  const { rows } = await database.query<TimelineRow>({
    name: `naming rows ${nowOrThen(seen)}`,
    text: `select t.* ${rowsSeen(seen)} order by t.stated_at desc, t.position desc limit ${NAMING}`,
    values: seenValues(seen),
  });
  return rows;
}
