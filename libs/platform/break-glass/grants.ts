import { randomUUID } from 'node:crypto';
import type { KeyStore } from '../../kernel/keys.js';
import { transaction, type Database } from '../database/pool.js';
import { seal } from '../keys/seal.js';

/** Whose grant it is: a sign-in name is unique within its agency. */
export interface GrantHolder {
  readonly who: string;
  readonly agency: string;
}

/** A break-glass that is live: it opens, for its holder and child, what is only said to be withheld. */
export interface LiveGrant {
  readonly id: string;
  /** RFC 3339. */
  readonly endsAt: string;
}

export interface GrantAsked extends GrantHolder {
  readonly child: string;
  readonly roles: readonly string[];
  /** The purpose from which it is asked for. */
  readonly purpose: string;
  /** Free text; kept sealed. */
  readonly reason: string;
  readonly minutes: number;
}

const LIVE = `child = $1 and who = $2 and agency = $3 and ended_at is null and ends_at > clock_timestamp()`;

/** Times are the database's, for every process the same. */
export async function liveGrant(
  database: Pick<Database, 'query'>,
  { who, agency }: GrantHolder,
  child: string,
): Promise<LiveGrant | undefined> {
  const { rows } = await database.query<LiveGrant>({
    name: 'grant live',
    text: `select id, ends_at as "endsAt" from break_glass where ${LIVE} order by ends_at desc limit 1`,
    values: [child, who, agency],
  });
  return rows[0];
}

/** The grant; the one that is live already when it is asked for twice. Undefined when the child has been erased. */
export async function openGrant(database: Database, keys: KeyStore, asked: GrantAsked): Promise<LiveGrant | undefined> {
  const { child, who, agency, roles, purpose, reason, minutes } = asked;
  const [key] = await keys.take(1);
  if (!key) throw new Error('the key store gave no key');
  const id = randomUUID();
  return transaction(database, async (connection) => {
    // Two at once wait here for each other, and both for an erasure.
    const found = await connection.query('select from children where id = $1 and erased_at is null for update', [
      child,
    ]);
    if (found.rowCount === 0) return undefined;
    const live = await liveGrant(connection, asked, child);
    if (live) return live;
    const { rows } = await connection.query<LiveGrant>(
      `insert into break_glass (id, child, who, agency, roles, purpose, began_at, ends_at, key_id, reason)
       values ($1, $2, $3, $4, $5, $6, clock_timestamp(), clock_timestamp() + $7 * interval '1 minute', $8, $9)
       returning id, ends_at as "endsAt"`,
      [id, child, who, agency, roles, purpose, minutes, key.id, seal(key, Buffer.from(reason), id)],
    );
    return rows[0];
  });
}

/** True when there was one to end. */
export async function endGrant(database: Database, { who, agency }: GrantHolder, child: string): Promise<boolean> {
  const { rowCount } = await database.query(`update break_glass set ended_at = clock_timestamp() where ${LIVE}`, [
    child,
    who,
    agency,
  ]);
  return (rowCount ?? 0) > 0;
}
