import type { KeyStore } from '../../kernel/keys.js';
import { transaction, type Connection, type Database } from '../database/pool.js';
import type { Head } from './anchored.js';
import { linkHash, rowOf, type ChainRow } from './link.js';
import type { Look } from './look.js';

/** The head as a process left it, and whether nobody else had appended before: then nobody will have before the next. */
export interface Left {
  readonly head: Head;
  readonly alone: boolean;
}

/**
 * Appends looks to the chain, in this order, in one transaction. `left`: what the last call gave. Whoever is alone needs one
 * statement: it writes if the head is still as they left it, and nothing otherwise.
 */
export async function appendLooks(
  database: Database,
  keys: Pick<KeyStore, 'hash'>,
  looks: readonly Look[],
  left?: Left,
): Promise<Left> {
  if (left?.alone === true) {
    const rows = chained(keys, looks, left.head);
    if (await insert(database, rows, left.head)) return { head: rows.at(-1) ?? left.head, alone: true };
  }
  return transaction(database, async (connection) => {
    const head = await lockHead(connection);
    const rows = chained(keys, looks, head);
    if (!(await insert(connection, rows, head))) throw new Error('the head of the audit moved under its lock');
    return { head: rows.at(-1) ?? head, alone: left?.head.id === head.id };
  });
}

function chained(
  keys: Pick<KeyStore, 'hash'>,
  looks: readonly Look[],
  { id, hash }: Head,
): (ChainRow & { hash: Buffer })[] {
  return looks.map((look) => {
    id += 1n;
    const row = rowOf(look, id);
    hash = linkHash(keys, hash, row);
    return { ...row, hash };
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

/** False, and nothing is written, when the head is not this one any more. */
async function insert(
  database: Pick<Connection, 'query'>,
  rows: readonly (ChainRow & { hash: Buffer })[],
  head: Head,
): Promise<boolean> {
  const last = rows.at(-1) ?? head;
  const { rowCount } = await database.query({
    name: 'audit append',
    text: `
      with moved as (
        update audit_head set id = $2, hash = $3 where id = $4 and hash = $5 returning id
      ), written as (
        insert into audit (id, at, who, agency, roles, purpose, what, child, outcome, details, correlation_id, shown, hash)
        select r.id, r.at, r.who, r.agency, r.roles, r.purpose, r.what, r.child, r.outcome, r.details, r.correlation, r.shown,
               decode(r.hash, 'hex')
        from json_to_recordset($1) as r (
          id bigint, at timestamptz, who text, agency text, roles text[], purpose text, what text, child uuid, outcome text,
          details jsonb, correlation uuid, shown uuid[], hash text)
        where exists (select from moved))
      select from moved`,
    values: [
      JSON.stringify(rows.map((row) => ({ ...row, id: String(row.id), hash: row.hash.toString('hex') }))),
      last.id,
      last.hash,
      head.id,
      head.hash,
    ],
  });
  return rowCount === 1;
}
