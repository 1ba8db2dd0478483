import type { Database } from '../../../libs/platform/database/pool.js';
import type { Looker } from '../looks/looker.js';

/** Where a viewer's reading of a child last stood: entries recorded after it are new to them. */
export interface LastLook {
  /** Position of the event log that the page was read at. */
  readonly position: string;
  /** RFC 3339. */
  readonly at: string;
}

/**
 * The last time this viewer began to read this child's timeline, from the audit: its first page, all of it, as things
 * were. Turning a page, filtering or a page that brought itself up to date is the same reading still.
 */
export async function lastLook(
  database: Database,
  { viewer, purpose }: Looker,
  child: string,
): Promise<LastLook | undefined> {
  const { rows } = await database.query<LastLook>({
    name: 'last look',
    text: `select details ->> 'position' as position, at from audit
           where child = $1 and who = $2 and agency = $3 and purpose = $4 and what = 'timeline.read' and outcome = 'shown'
             and details ? 'position'
           order by at desc, id desc limit 1`,
    values: [child, viewer.who, viewer.agency, purpose],
  });
  return rows[0];
}

/** How far the rows are that readers see now. Asked before they are read: what comes in between is new next time. */
export async function readPosition(database: Database): Promise<string> {
  const { rows } = await database.query<{ position: string }>({
    name: 'timeline position',
    text: `select coalesce(position, 0)::text as position from projections where name = 'timeline' and live`,
  });
  return rows[0]?.position ?? '0';
}
