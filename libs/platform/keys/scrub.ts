import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Connection, Database } from '../database/pool.js';
import { KeyStoreError } from './key-store-error.js';

const PATIENCE = { polls: 600, everyMs: 50 };

/**
 * Removes what a DELETE leaves behind: row versions in the table's file (VACUUM FULL rewrites it) and in the write-ahead
 * log. Two checkpoints around a segment switch, because a checkpoint keeps the segment it starts in; `wal_recycle = off`
 * (set on the embedded server) makes old segments go away instead of being renamed for reuse.
 *
 * Needs: ownership of the table, membership of `pg_checkpoint`, and EXECUTE on pg_switch_wal(). Where a server grants
 * the hub only the first, the log's copies go at that server's own next checkpoints; archives, replicas and backups
 * keep theirs as long as their owner says.
 */
export async function scrub(database: Database, deletedBy: bigint): Promise<void> {
  const connection = await database.connect();
  try {
    await untilUnseen(connection, deletedBy);
    await connection.query('vacuum (full) data_keys');
    if (!(await permitted(connection, 'checkpoint'))) return;
    if (!(await permitted(connection, 'select pg_switch_wal()'))) return;
    await connection.query('checkpoint');
  } finally {
    connection.release();
  }
}

// VACUUM keeps a deleted row while a transaction that began before the deletion is open anywhere on the server.
async function untilUnseen(connection: Connection, deletedBy: bigint): Promise<void> {
  for (let poll = 0; poll < PATIENCE.polls; poll += 1) {
    const { rows } = await connection.query<{ past: boolean }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text::numeric > $1::numeric as past',
      [deletedBy],
    );
    if (rows[0]?.past === true) return;
    await delay(PATIENCE.everyMs);
  }
  throw new KeyStoreError(
    'the keys are deleted, but their bytes stay on disk while an older transaction is open on this server: end it ' +
      '(see pg_stat_activity.xact_start) and run this again',
  );
}

async function permitted(connection: Connection, statement: string): Promise<boolean> {
  try {
    await connection.query(statement);
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';
