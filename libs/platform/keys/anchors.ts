import type { Anchor } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';

export async function readAnchor(database: Database, name: string): Promise<Anchor | undefined> {
  const { rows } = await database.query<Anchor>({
    name: 'anchor read',
    text: 'select position, hash from anchors where name = $1',
    values: [name],
  });
  return rows[0];
}

/** False when it lies elsewhere than `from` by now: another process has moved it. */
export async function moveAnchor(
  database: Database,
  name: string,
  from: Anchor | undefined,
  to: Anchor,
): Promise<boolean> {
  const { rowCount } = await database.query({
    name: from ? 'anchor move' : 'anchor set',
    text: from
      ? 'update anchors set position = $2, hash = $3 where name = $1 and position = $4'
      : 'insert into anchors (name, position, hash) select $1, $2, $3 where $4::bigint is null on conflict do nothing',
    values: [name, to.position, to.hash, from?.position ?? null],
  });
  return rowCount === 1;
}
