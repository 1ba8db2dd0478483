import { randomUUID } from 'node:crypto';
import { transaction, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import {
  insertChildren,
  lockIdentity,
  markProvisional,
  relinkRecords,
} from '../../../libs/platform/records/link-store.js';
import { relink } from './relink.js';

/** Who decides, and why: kept with the link. */
export interface Decision {
  readonly who: string;
  readonly reason: string;
}

/** A link could not be made or broken; the message says what to look at, by the hub's own ids only. */
export class LinkRefused extends Error {
  readonly code = 'link-refused';
}

/** A person decides that a record belongs to a child. Rules never undo it. Throws `LinkRefused`. */
export async function linkByHand(database: Database, record: string, child: string, decision: Decision): Promise<void> {
  await transaction(database, async (connection) => {
    await lockIdentity(connection);
    const live = await liveLink(connection, record);
    if (live?.child === child && live.method === 'manual') return;
    const { rows } = await connection.query<{ erased_at: string | null }>(
      'select erased_at from children where id = $1',
      [child],
    );
    if (!rows[0]) throw new LinkRefused(`there is no child ${child}`);
    if (rows[0].erased_at !== null) throw new LinkRefused(`child ${child} has been erased`);
    await relinkRecords(connection, [{ id: randomUUID(), record, child, method: 'manual', ...decision }]);
    await markProvisional(connection, [{ id: child, provisional: false }]);
    // What the record was connected with through its identifiers goes along, or is left consistent without it.
    await relink(connection, [record]);
  });
}

/** A person decides that a record does not belong to a child: it gets a provisional child of its own. Returns that child. */
export async function unlinkByHand(
  database: Database,
  record: string,
  child: string,
  decision: Decision,
): Promise<string> {
  return await transaction(database, async (connection) => {
    await lockIdentity(connection);
    const live = await liveLink(connection, record);
    if (live?.child !== child) throw new LinkRefused(`record ${record} is not linked to child ${child}`);
    const own = randomUUID();
    await insertChildren(connection, [{ id: own, provisional: true }]);
    await relinkRecords(connection, [{ id: randomUUID(), record, child: own, method: 'apart', ...decision }]);
    const rest = await connection.query<{ record: string }>(
      `select record from links where child = $1 and known_to = 'infinity'`,
      [child],
    );
    // Through the record itself as well: what it contradicted may now come together.
    await relink(connection, [record, ...rest.rows.map((row) => row.record)]);
    return own;
  });
}

async function liveLink(
  connection: Connection,
  record: string,
): Promise<{ child: string; method: string } | undefined> {
  const { rows } = await connection.query<{ child: string; method: string }>(
    `select l.child, l.method from records r join links l on l.record = r.stream and l.known_to = 'infinity' where r.stream = $1`,
    [record],
  );
  if (!rows[0]) throw new LinkRefused(`there is no record ${record}`);
  return rows[0];
}
