import type { Database } from '../../../libs/platform/database/pool.js';

/** That a child stands on a board: which, never why. */
export interface PlaceRow {
  readonly child: string;
  readonly board: string;
  readonly cause: string;
}

/** So many places are looked at for a board. */
const MOST = 1_000;

/**
 * Places on these boards, first what is due first, or has been so longest; whoever is missing now before everything else, so that no
 * number of late interviews ever hides one.
 */
export async function readPlaces(database: Database, boards: readonly string[]): Promise<PlaceRow[]> {
  const { rows } = await database.query<PlaceRow>({
    name: 'board places',
    text: `
      select child, board, cause from board_places where board = any($1)
      order by (board = 'missing-now') desc, at, child, cause limit ${MOST}`,
    values: [boards],
  });
  return rows;
}
