import type { Anchor, KeyStore } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';

/** The chain's name in the key store. */
export const AUDIT_ANCHOR = 'audit';

export interface Head {
  readonly id: bigint;
  readonly hash: Buffer;
}

export async function readHead(database: Pick<Database, 'query'>): Promise<Head> {
  const { rows } = await database.query<Head>({ name: 'audit head', text: 'select id, hash from audit_head' });
  const [head] = rows;
  if (!head) throw new Error('the audit has lost its head: restore the database from its backup');
  return head;
}

/** Where the anchor lies: the key store, apart from the audit. */
export type AnchorKeys = Pick<KeyStore, 'anchor' | 'moveAnchor'>;

/** `moved`: looks up to the head are anchored now. `broken`: the anchored look is not in the audit any more. */
export type Anchoring = 'moved' | 'still' | 'broken';

/**
 * Anchors the audit as far as it has come. The anchor stays where it is when the chain does not lead through it: moved on,
 * it would cover up that the audit had been shortened.
 */
export async function anchorAudit(database: Database, keys: AnchorKeys): Promise<Anchoring> {
  const anchor = await keys.anchor(AUDIT_ANCHOR);
  const head = await readHead(database);
  if (anchor !== undefined && !(await leadsThrough(database, anchor))) return 'broken';
  if (anchor !== undefined && anchor.position >= head.id) return anchor.position > head.id ? 'broken' : 'still';
  const moved = await keys.moveAnchor(AUDIT_ANCHOR, anchor, { position: head.id, hash: head.hash });
  // Another process was quicker, perhaps with a head that was older: what came after it is anchored too.
  return moved ? 'moved' : anchorAudit(database, keys);
}

async function leadsThrough(database: Database, { position, hash }: Anchor): Promise<boolean> {
  // The beginning, and the end of rows older than the chain, which begins after them.
  if (hash.byteLength === 0) return true;
  const { rowCount } = await database.query({
    name: 'audit anchored',
    text: 'select from audit where id = $1 and hash = $2',
    values: [position, hash],
  });
  return rowCount === 1;
}
