import type { Database } from '../../../libs/platform/database/pool.js';

/** The records that are, or ever were, linked to a child: what may be shown of them is decided entry by entry. */
export async function linkedEver(database: Database, child: string): Promise<string[]> {
  const { rows } = await database.query<{ record: string }>({
    name: 'records linked ever',
    text: 'select distinct record from links where child = $1',
    values: [child],
  });
  return rows.map(({ record }) => record);
}
