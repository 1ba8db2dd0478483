import pg from 'pg';

// Instants as RFC 3339 text (millisecond precision, as the hub writes them); infinities stay words.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => {
  // The rows of one batch mostly carry one instant.
  if (text !== last.text) last = { text, instant: asInstant(text) };
  return last.instant;
});
let last = { text: '', instant: '' };

// As a session in UTC says it, which is ours everywhere: respelt. Reading five dates a row is half of reading the row.
const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

function asInstant(text: string): string {
  const [, day, time, part = ''] = IN_UTC.exec(text) ?? [];
  if (day !== undefined) return `${day}T${time}.${part.slice(0, 3).padEnd(3, '0')}Z`;
  return text.endsWith('infinity') ? text : new Date(text).toISOString();
}

// Positions and counters.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text));

export type Database = pg.Pool;
export type Connection = pg.PoolClient;

/**
 * SQL: this transaction is committed without waiting for the disk. For what a crash may undo, because what would be done again
 * is still written: all that was committed after it is undone with it.
 */
export const WITHOUT_WAITING = `set_config('synchronous_commit', 'off', true)`;

/** What a process that stands still may hold back others for: as long as a lease. */
export const STANDSTILL_MS = 10_000;

/**
 * A connection pool. The caller ends it. `name` shows in pg_stat_activity. `standstillMs`: the server rolls back a transaction in
 * which nobody says anything for so long, so that a process that is frozen in the middle of one holds up nobody; 0: never.
 */
export function openPool(connectionString: string, name: string, max = 10, standstillMs = 0): Database {
  const pool = new pg.Pool({
    ...{ connectionString, application_name: name, max },
    idle_in_transaction_session_timeout: standstillMs,
  });
  // A connection lost while idle (server restarted): the pool replaces it; whoever queries next hears of a lasting fault.
  pool.on('error', () => undefined);
  // The same while it is out on loan: its query rejects, and an event nobody hears would end the process instead.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Runs `work` in one transaction: commits what it returns from, rolls back what it throws from. */
export async function transaction<T>(pool: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query('begin');
    const result = await work(connection);
    await connection.query('commit');
    return result;
  } catch (error) {
    try {
      await connection.query('rollback');
    } catch (lost) {
      // The connection itself is gone, so the server has rolled back; do not hand it to anybody else.
      broken = lost instanceof Error ? lost : new Error(String(lost));
    }
    throw error;
  } finally {
    connection.release(broken);
  }
}
