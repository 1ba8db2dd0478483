import type { Connection } from '../../../libs/platform/database/pool.js';
import { open, SealBroken } from '../../../libs/platform/keys/seal.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { purposeOf } from '../../worker/derive/state-snapshots.js';
import type { Problem } from './problem.js';

const batch = 500;

/** Every snapshot still opens: one that does not would hold up whatever is compared with it. */
export async function verifySnapshots({ keys }: Parts, connection: Connection): Promise<Problem[]> {
  const problems: Problem[] = [];
  let after: readonly string[] | undefined;
  for (;;) {
    const { rows } = await connection.query<{
      record: string;
      type: string;
      observed_at: string;
      receipt: string;
      sealed: Buffer;
      key_id: string;
    }>(
      `select s.record, s.type, s.observed_at, s.receipt, s.sealed, r.key_id
         from snapshots s join records r on r.stream = s.record
        where $1::uuid is null or (s.record, s.type, s.observed_at, s.receipt) > ($1, $2, $3::timestamptz, $4::uuid)
        order by s.record, s.type, s.observed_at, s.receipt limit $5`,
      [...(after ?? [null, null, null, null]), batch],
    );
    const last = rows.at(-1);
    if (!last) return problems;
    after = [last.record, last.type, last.observed_at, last.receipt];
    const found = await keys.find([...new Set(rows.map((row) => row.key_id))]);
    for (const { record, receipt, sealed, key_id } of rows) {
      const key = found.get(key_id);
      // Without a key it is being erased.
      if (!key) continue;
      try {
        open(key, sealed, purposeOf(record));
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        problems.push({ code: 'snapshot-seal-broken', where: `record ${record}, receipt ${receipt}` });
      }
    }
  }
}
