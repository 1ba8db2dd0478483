import type { Database } from '../../../libs/platform/database/pool.js';

/**
 * Retention holds on the child of these records, in words. A looked-after child's records last to the 75th birthday
 * (rulebook G8), and remand to youth detention makes one looked-after: both show from which systems and what kinds of
 * facts there are, without opening any.
 */
export async function holdsOn(database: Database, streams: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ type: string }>(
    'select distinct type from log_events where stream = any($1)',
    [streams],
  );
  const types = rows.map((row) => row.type);
  return types.includes('hub.social_care.v1.MissingEpisodeRecorded')
    ? ["a looked-after child's records are kept to the 75th birthday (SSDA903 return)"]
    : [];
}
