import type { Database } from '../../../libs/platform/database/pool.js';

/** That a child stands on a board: which, never why. */
export interface PlaceRow {
  readonly child: string;
  readonly board: string;
  readonly cause: string;
}

/** So many places are looked at for a board. */
const MOST = 1_000;

/** Places on these boards, in the order the boards are sorted by: first what is due first, or has been so longest. */
export async function readPlaces(database: Database, boards: readonly string[]): Promise<PlaceRow[]> {
  const { rows } = await database.query<PlaceRow>({
    name: 'board places',
    text: `select child, board, cause from board_places where board = any($1) order by at, child, cause limit ${MOST}`,
    values: [boards],
  });
  return rows;
}
