import { transaction, type Database } from '../database/pool.js';
import { wait } from '../projections/waiting.js';

const LOOK_AGAIN_MS = 1_000;

/**
 * Does the work while this version (of capabilities and rules) is the one that derives. Where another version does, waits until the
 * last process that runs it has gone: in a rolling upgrade the older goes on, and no child is derived by turns. The signal that the
 * work gets aborts with `signal`, or when the connection that stands for this process is lost.
 */
export async function whileCurrent(
  database: Database,
  version: string,
  types: readonly string[],
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const connection = await database.connect();
  const lost = new AbortController();
  connection.on('error', () => lost.abort());
  connection.on('end', () => lost.abort());
  try {
    await connection.query('select pg_advisory_lock_shared(hashtextextended($1, 0))', [lockOf(version)]);
    const over = AbortSignal.any([signal, lost.signal]);
    while (!over.aborted) {
      if (await becomeCurrent(database, version, types)) {
        await work(over);
        return;
      }
      await wait(LOOK_AGAIN_MS, over);
    }
  } finally {
    // Destroyed, not returned to the pool: whoever got it next would stand for this version.
    connection.release(true);
  }
}

/**
 * Makes this version the one that derives, and asks for every child with a fact of these types or anything raised where it was
 * another before. False, and nothing changed, while somebody runs that other one.
 */
export async function becomeCurrent(database: Database, version: string, types: readonly string[]): Promise<boolean> {
  return await transaction(database, async (connection) => {
    const { rows } = await connection.query<{ version: string }>('select version from reaction_progress for update');
    const before = rows[0]?.version ?? '';
    if (before === version) return true;
    const free = await connection.query<{ free: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
      [lockOf(before)],
    );
    if (free.rows[0]?.free !== true) return false;
    await connection.query('update reaction_progress set version = $1', [version]);
    await connection.query(
      `insert into reactions (child, due_at)
       select c.id, '-infinity' from children c
       where c.erased_at is null and (c.key_id is not null or exists (
         select from links l join timeline t on t.record = l.record
         where l.child = c.id and l.known_to = 'infinity' and t.type = any($1)))
       order by c.id
       on conflict (child) do update set due_at = '-infinity', wanted = reactions.wanted + 1,
         asked_at = case when reactions.due_at = '-infinity' then reactions.asked_at else excluded.asked_at end`,
      [types],
    );
    return true;
  });
}

const lockOf = (version: string): string => `reactions ${version}`;
