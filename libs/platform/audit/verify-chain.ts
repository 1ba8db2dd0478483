import type { KeyStore } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';
import { AUDIT_ANCHOR, readHead } from './anchored.js';
import { BEGINNING, CHAIN_COLUMNS, linkHash, type ChainRow } from './link.js';

const BATCH = 5_000;
// Rows are numbered from 1, unless somebody put one in before.
const BEFORE_ALL = -(2n ** 63n);

/** Where the chain is first found broken. `row`: of the audit, by its number in the chain. */
export interface BrokenAt {
  /**
   * `audit-broken`: this row does not follow from the one before; it, or what stood before it, was changed, removed, put in
   * or moved. `audit-shortened`: looks up to this row were recorded, and are gone. `audit-head`: the head is not the last row.
   */
  readonly code: 'audit-broken' | 'audit-shortened' | 'audit-head';
  readonly row: bigint;
}

export interface ChainVerified {
  readonly looks: number;
  readonly broken?: BrokenAt;
}

/** Reads the whole chain, in batches. Looks that are recorded meanwhile are read along, or not: the chain holds either way. */
export async function verifyChain(
  database: Pick<Database, 'query'>,
  keys: KeyStore,
  onProgress: (done: number, total: number) => void,
): Promise<ChainVerified> {
  // In this order: what is anchored is in the head, and what is in the head is in the rows.
  const anchor = await keys.anchor(AUDIT_ANCHOR);
  const head = await readHead(database);
  let id = BEFORE_ALL;
  let hash: Buffer = BEGINNING;
  let looks = 0;
  for (;;) {
    const rows = await readRows(database, id);
    for (const row of rows) {
      const should = linkHash(keys, hash, row);
      // Before the first anchor rows from before the chain may still wait to be taken in.
      const waits = row.hash === null && anchor === undefined;
      if (!waits && !(row.hash?.equals(should) ?? false))
        return { looks, broken: { code: 'audit-broken', row: row.id } };
      ({ id } = row);
      hash = should;
      looks += 1;
      // Removed rows leave gaps, which the hashes betray; moved hashes at an anchored place are a chain made anew.
      if (anchor?.position === id && !hash.equals(anchor.hash) && anchor.hash.byteLength > 0)
        return { looks, broken: { code: 'audit-broken', row: id } };
    }
    onProgress(looks, Math.max(Number(head.id), looks));
    if (rows.length < BATCH) break;
  }
  if (looks === 0) id = 0n;
  if (anchor !== undefined && id < anchor.position)
    return { looks, broken: { code: 'audit-shortened', row: anchor.position } };
  if (id < head.id) return { looks, broken: { code: 'audit-shortened', row: head.id } };
  return anchor === undefined || (await isLast(database, id))
    ? { looks }
    : { looks, broken: { code: 'audit-head', row: id } };
}

async function readRows(
  database: Pick<Database, 'query'>,
  after: bigint,
): Promise<(ChainRow & { hash: Buffer | null })[]> {
  const { rows } = await database.query<ChainRow & { hash: Buffer | null }>({
    name: 'audit chain',
    text: `select ${CHAIN_COLUMNS} from audit where id > $1 order by id limit ${BATCH}`,
    values: [after],
  });
  return rows;
}

/** True when the head is this row, or has gone on from it meanwhile. */
async function isLast(database: Pick<Database, 'query'>, id: bigint): Promise<boolean> {
  const { rowCount } = await database.query(
    `select from audit_head h where h.id >= $1
       and (h.id = 0 or h.hash = (select a.hash from audit a where a.id = h.id))`,
    [id],
  );
  return rowCount === 1;
}
