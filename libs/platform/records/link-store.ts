import { binaryArray, plainArray, uuidArray } from '../database/array-parameters.js';
import type { Connection } from '../database/pool.js';

export type LinkMethod = 'exact' | 'own' | 'manual' | 'apart';

export interface NewLink {
  readonly id: string;
  readonly record: string;
  readonly child: string;
  readonly method: LinkMethod;
  readonly reason: string;
  readonly who: string;
}

/**
 * One writer of links at a time, hub-wide: two workers that meet one child at once must not make two of it. Held to the
 * end of the transaction; taken only when a record is new or says something new of its person.
 */
export async function lockIdentity(connection: Connection): Promise<void> {
  await connection.query(`select pg_advisory_xact_lock(hashtext('hub: identity'))`);
}

export async function insertChildren(
  connection: Connection,
  children: readonly { id: string; provisional: boolean }[],
): Promise<void> {
  if (children.length === 0) return;
  await connection.query(
    `insert into children (id, provisional, created_at)
     select *, date_trunc('milliseconds', clock_timestamp()) from unnest($1::uuid[], $2::boolean[])`,
    [uuidArray(children.map(({ id }) => id)), plainArray(children.map(({ provisional }) => provisional))],
  );
}

export async function markProvisional(
  connection: Connection,
  children: readonly { id: string; provisional: boolean }[],
): Promise<void> {
  if (children.length === 0) return;
  await connection.query(
    `update children c set provisional = u.provisional
       from unnest($1::uuid[], $2::boolean[]) as u (id, provisional) where c.id = u.id`,
    [uuidArray(children.map(({ id }) => id)), plainArray(children.map(({ provisional }) => provisional))],
  );
}

/** Replaces the live link of each record: what was believed until now stays, with the time until which it was. */
export async function relinkRecords(connection: Connection, links: readonly NewLink[]): Promise<void> {
  if (links.length === 0) return;
  const records = uuidArray(links.map((link) => link.record));
  // One instant ends the old belief and begins the new one: at no time does a record belong to two children, or to none.
  const { rows } = await connection.query<{ at: string }>(`select date_trunc('milliseconds', clock_timestamp()) as at`);
  const at = rows[0]?.at;
  await connection.query(
    `update links set known_to = greatest($2::timestamptz, known_from) where record = any($1) and known_to = 'infinity'`,
    [records, at],
  );
  await connection.query(
    `insert into links (id, record, child, method, known_from, reason, who)
     select id, record, child, method, $7::timestamptz, reason, who
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
            as l (id, record, child, method, reason, who)`,
    [
      uuidArray(links.map((link) => link.id)),
      records,
      uuidArray(links.map((link) => link.child)),
      plainArray(links.map((link) => link.method)),
      binaryArray(
        'text',
        links.map((link) => link.reason),
      ),
      binaryArray(
        'text',
        links.map((link) => link.who),
      ),
      at,
    ],
  );
}

/** Of these records, those that belong to a child. */
export async function placedAmong(connection: Connection, records: readonly string[]): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const { rows } = await connection.query<{ record: string }>(
    `select record from links where record = any($1) and known_to = 'infinity'`,
    [uuidArray(records)],
  );
  return new Set(rows.map(({ record }) => record));
}

/** Ends the live link of records that belong to no child any more, and has the messages that speak of them tried again. */
export async function unplaceRecords(connection: Connection, records: readonly string[]): Promise<void> {
  if (records.length === 0) return;
  await connection.query(
    `update links set known_to = greatest(date_trunc('milliseconds', clock_timestamp()), known_from)
      where record = any($1) and known_to = 'infinity'`,
    [records],
  );
  await connection.query(
    `update receipts set status = 'received'
      where id in (select receipt from statements where stream = any($1) and not retracted)
        and status not in ('received', 'withdrawn')`,
    [records],
  );
}
