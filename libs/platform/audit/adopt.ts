import type { KeyStore } from '../../kernel/keys.js';
import { transaction, type Connection, type Database } from '../database/pool.js';
import { AUDIT_ANCHOR, type Head } from './anchored.js';
import { lockHead } from './append.js';
import { CHAIN_COLUMNS, linkHash, type ChainRow } from './link.js';

const BATCH = 5_000;

/**
 * Chains the rows that were there before the chain, once: after the first anchor a row without a hash is one that somebody
 * slipped in, and `hub verify` names it.
 */
export async function adoptEarlierRows(database: Database, keys: KeyStore): Promise<void> {
  if ((await keys.anchor(AUDIT_ANCHOR)) !== undefined) return;
  await transaction(database, async (connection) => {
    const head = await lockHead(connection);
    if (head.hash.byteLength > 0) return;
    let chained: Head = { id: 0n, hash: head.hash };
    for (;;) {
      const next = await chainBatch(connection, keys, chained);
      if (!next) break;
      chained = next;
    }
    await connection.query('update audit_head set hash = $1', [chained.hash]);
  });
}

async function chainBatch(connection: Connection, keys: KeyStore, { id, hash }: Head): Promise<Head | undefined> {
  const { rows } = await connection.query<ChainRow>(
    `select ${CHAIN_COLUMNS} from audit where id > $1 order by id limit ${BATCH}`,
    [id],
  );
  let before = hash;
  const hashes = rows.map((row) => (before = linkHash(keys, before, row)));
  const last = rows.at(-1);
  if (!last) return undefined;
  await connection.query(
    'update audit a set hash = h.hash from unnest($1::bigint[], $2::bytea[]) as h (id, hash) where a.id = h.id',
    [rows.map((row) => row.id), hashes],
  );
  return { id: last.id, hash: before };
}
