import { transaction, type Database } from '../database/pool.js';
import { tableOf, type Build } from './builds.js';

/**
 * Deletes the rows of these records from every build of every projection that has a column `record`.
 * Call it once the row of `erasures` that names the streams is committed: a batch being written then either ends before
 * this deletes, or sees the erasure and leaves those rows out. Resolves to the number of rows deleted.
 */
export async function eraseRows(database: Database, streams: readonly string[]): Promise<number> {
  return await transaction(database, async (connection) => {
    const { rows: builds } = await connection.query<Pick<Build, 'name' | 'build'>>(
      `select name, build from projections
       where exists (select from pg_attribute
                     where attrelid = to_regclass(name || '_' || build) and attname = 'record' and not attisdropped)
       order by name, build for update`,
    );
    let deleted = 0;
    for (const build of builds) {
      const { rowCount } = await connection.query(`delete from ${tableOf(build)} where record = any($1::uuid[])`, [
        streams,
      ]);
      deleted += rowCount ?? 0;
    }
    return deleted;
  });
}
