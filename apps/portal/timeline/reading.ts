import { startOfDayLondon } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { Cursors } from '../looks/cursors.js';
import { lastLook, readPosition, type LastLook } from './last-look.js';
import type { Reading, ReadingShown, ReadTimeline } from './read-timeline.query.js';
import type { PageRow, Seen } from './timeline-rows.js';
import { readYears } from './years.js';

const NEWEST_POSITION = '9223372036854775807';
// What takes longer from the door to the log than any outage the hub is built for was kept back.
const HELD_MS = 60 * 60 * 1000;

interface Parts {
  readonly database: Database;
  readonly cursors: Cursors;
}

/** True when a page begins somebody's reading: the first of all, as things are, and not one that follows another. */
export function beginsReading({ filter, cursor, reading }: ReadTimeline): boolean {
  return (
    Object.keys(filter).length === 0 && cursor === undefined && reading !== undefined && reading.since === undefined
  );
}

/** What people who read want besides the entries. `position` is for the audit, where the next look finds it. */
export async function readReading(
  { looker, child }: ReadTimeline,
  { since }: Reading,
  seen: Seen,
  { database, cursors }: Parts,
): Promise<{ position: string; of: (page: readonly PageRow[]) => Promise<ReadingShown> }> {
  const scope = `since ${child}`;
  const position = await readPosition(database);
  const last = since === undefined ? await lastLook(database, looker, child) : lookIn(cursors.read(scope, since));
  const { months, fresh } = await readYears(database, seen, last?.position);
  // Of a past day nothing is new: what was recorded after the last look had not been recorded then, or is not news.
  const isFresh = (row: PageRow): boolean =>
    seen.asKnownAt === undefined && last !== undefined && row.position > BigInt(last.position);
  return {
    position,
    of: async (page) => ({
      ...(last?.at ? { lastLook: last.at } : {}),
      fresh,
      freshHere: new Set(page.filter(isFresh).map(({ key }) => key)),
      since: since ?? cursors.write(scope, last ? [last.position, last.at] : [position, '']),
      months,
      years: new Map(yearsOf(months).map((year) => [year, cursors.write(`timeline ${child}`, placeBefore(year))])),
      putRight: await putRightAmong(database, page),
    }),
  };
}

function lookIn([position, at]: readonly string[]): LastLook | undefined {
  return position === undefined ? undefined : { position, at: at ?? '' };
}

function yearsOf(months: readonly { readonly month: string }[]): string[] {
  return [...new Set(months.map(({ month }) => month.slice(0, 4)))].sort().reverse();
}

// The place just after a year's last entry: the page that follows it begins with that entry.
function placeBefore(year: string): [occurred: string, position: string] {
  const next = String(Number(year) + 1).padStart(4, '0');
  const end = Number(year) < 9999 ? startOfDayLondon(`${next}-01-01`) : '9999-12-31T23:59:59Z';
  return [String(BigInt(Date.parse(end)) * 1000n), NEWEST_POSITION];
}

async function putRightAmong(database: Database, page: readonly PageRow[]): Promise<Set<string>> {
  const held = page.filter((row) => isHeld(row.received_at, row.recorded_at)).map(({ receipt }) => receipt);
  if (held.length === 0) return new Set();
  const { rows } = await database.query<{ receipt: string }>({
    name: 'put right',
    text: `select distinct receipt from receipt_actions where receipt = any($1::uuid[]) and action = 'retry'`,
    values: [held],
  });
  return new Set(rows.map(({ receipt }) => receipt));
}

/** True when what was received then was kept back until it was recorded. */
export function isHeld(receivedAt: string, recordedAt: string): boolean {
  return Date.parse(recordedAt) - Date.parse(receivedAt) >= HELD_MS;
}
