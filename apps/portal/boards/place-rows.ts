import type { Reach } from '../../../libs/disclosure/reach.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { inReach } from '../children/child-rows.js';

/** So many children are looked at for a board whose order follows from what each reader sees. */
const MOST = 1_000;

/** Children who stand on a board, of those within a reach: why is folded again for each reader. */
export async function readPlaces(
  database: Database,
  board: 'missing-now' | 'exploitation',
  { recordsOf, openCases }: Reach,
): Promise<string[]> {
  const { rows } = await database.query<{ child: string }>({
    name: 'board places',
    text: `
      select child from (select distinct child from board_places where board = $1) p
      where ${inReach('child', ['$2', '$3'])} order by child limit ${MOST}`,
    values: [board, recordsOf, openCases],
  });
  return rows.map(({ child }) => child);
}
