import type { KeyStore } from '../../kernel/keys.js';
import { transaction, type Connection, type Database } from '../database/pool.js';
import type { Head } from './anchored.js';
import { linkHash, rowOf, type ChainRow } from './link.js';
import type { Look } from './look.js';

/** Appends looks to the chain, in this order, in one transaction. */
export async function appendLooks(
  database: Database,
  keys: Pick<KeyStore, 'hash'>,
  looks: readonly Look[],
): Promise<void> {
  await transaction(database, async (connection) => {
    const head = await lockHead(connection);
    let { id, hash } = head;
    const rows = looks.map((look) => {
      id += 1n;
      const row = rowOf(look, id);
      hash = linkHash(keys, hash, row);
      return { ...row, hash };
    });
    await insert(connection, rows, head);
  });
}

/** Whoever holds the head's row is the only one who appends, until they commit. */
export async function lockHead(connection: Connection): Promise<Head> {
  const { rows } = await connection.query<Head>({
    name: 'audit head lock',
    text: 'select id, hash from audit_head for update',
  });
  const [head] = rows;
  if (!head) throw new Error('the audit has lost its head: restore the database from its backup');
  return head;
}

async function insert(
  connection: Connection,
  rows: readonly (ChainRow & { hash: Buffer })[],
  head: Head,
): Promise<void> {
  const last = rows.at(-1) ?? head;
  await connection.query({
    name: 'audit append',
    text: `
      with written as (
        insert into audit (id, at, who, agency, roles, purpose, what, child, outcome, details, correlation_id, shown, hash)
        select r.id, r.at, r.who, r.agency, r.roles, r.purpose, r.what, r.child, r.outcome, r.details, r.correlation, r.shown,
               decode(r.hash, 'hex')
        from json_to_recordset($1) as r (
          id bigint, at timestamptz, who text, agency text, roles text[], purpose text, what text, child uuid, outcome text,
          details jsonb, correlation uuid, shown uuid[], hash text))
      update audit_head set id = $2, hash = $3`,
    values: [
      JSON.stringify(rows.map((row) => ({ ...row, id: String(row.id), hash: row.hash.toString('hex') }))),
      last.id,
      last.hash,
    ],
  });
}
