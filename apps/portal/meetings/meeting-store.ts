import type { Reason } from '../../../libs/meetings/due.js';
import type { Why } from '../../../libs/meetings/forum.js';
import type { Sitting } from '../../../libs/meetings/period.js';
import { transaction, type Database } from '../../../libs/platform/database/pool.js';

export interface Meeting extends Sitting {
  readonly forum: string;
}

export interface Attendance {
  readonly agency: string;
  readonly role: string;
  readonly name: string;
}

interface Row {
  readonly id: string;
  readonly forum: string;
  readonly held_on: string;
  readonly held_at: string | null;
}

const COLUMNS = 'id, forum, held_on::text as held_on, held_at';

/** The meetings of these forums, the latest day first; at most `limit`. */
export async function readMeetings(database: Database, forums: readonly string[], limit = 100): Promise<Meeting[]> {
  const { rows } = await database.query<Row>({
    name: 'read meetings',
    text: `select ${COLUMNS} from meetings where forum = any($1) order by meetings.held_on desc, forum limit $2`,
    values: [forums, limit],
  });
  return rows.map(meetingOf);
}

export async function readMeeting(database: Database, id: string): Promise<Meeting | undefined> {
  const { rows } = await database.query<Row>(`select ${COLUMNS} from meetings where id = $1`, [id]);
  return rows.map(meetingOf)[0];
}

/** False, and nothing changed, where the forum has a meeting on that day already. */
export async function addMeeting(
  database: Database,
  { id, forum, on, by, at }: Meeting & { readonly by: string; readonly at: string },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into meetings (id, forum, held_on, convened_by, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [id, forum, on, by, at],
  );
  return rowCount === 1;
}

/** Closes a meeting and keeps who was on its list, once: closed again, it stays as it was. */
export async function closeMeeting(
  database: Database,
  id: string,
  at: string,
  due: ReadonlyMap<string, readonly Reason[]>,
): Promise<void> {
  const rows = [...due].flatMap(([child, reasons]) => reasons.map((reason) => ({ child, ...reason })));
  await transaction(database, async (connection) => {
    const closed = await connection.query('update meetings set held_at = $2 where id = $1 and held_at is null', [
      id,
      at,
    ]);
    if (closed.rowCount !== 1) return;
    // A child that was erased meanwhile is on no list.
    await connection.query(
      `insert into meeting_children (meeting, child, why, causes)
       select $1, r.child, r.why, r.causes from jsonb_to_recordset($2) r (child uuid, why text, causes text[])
       join children k on k.id = r.child and k.erased_at is null`,
      [id, JSON.stringify(rows)],
    );
  });
}

/** Who was on the list of a meeting that has been held, and why. */
export async function readKeptList(database: Database, meeting: string): Promise<Map<string, readonly Reason[]>> {
  const { rows } = await database.query<{ child: string; why: Why; causes: string[] }>(
    'select child, why, causes from meeting_children where meeting = $1 order by child, why',
    [meeting],
  );
  const byChild = Map.groupBy(rows, ({ child }) => child);
  return new Map([...byChild].map(([child, all]) => [child, all.map(({ why, causes }) => ({ why, causes }))]));
}

export async function readAttendance(database: Database, meeting: string): Promise<Attendance[]> {
  const { rows } = await database.query<Attendance>(
    'select agency, role, name from meeting_attendance where meeting = $1 order by agency, role',
    [meeting],
  );
  return rows;
}

/** Who came, all of them: whoever is not named did not. */
export async function writeAttendance(database: Database, meeting: string, came: readonly Attendance[]): Promise<void> {
  await transaction(database, async (connection) => {
    await connection.query('select from meetings where id = $1 for update', [meeting]);
    await connection.query('delete from meeting_attendance where meeting = $1', [meeting]);
    await connection.query(
      `insert into meeting_attendance (meeting, agency, role, name)
       select $1, agency, role, name from jsonb_to_recordset($2) c (agency text, role text, name text)`,
      [meeting, JSON.stringify(came)],
    );
  });
}

function meetingOf({ id, forum, held_on, held_at }: Row): Meeting {
  return { id, forum, on: held_on, ...(held_at === null ? {} : { heldAt: held_at }) };
}
