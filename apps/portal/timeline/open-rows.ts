import type { KeyStore, Opened } from '../../../libs/kernel/keys.js';
import { open } from '../../../libs/platform/keys/seal.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';

/** Each row with its content, or that it was erased. Only for rows that the viewer sees in full. */
export async function openRows<Row extends TimelineRow>(
  store: KeyStore,
  rows: readonly Row[],
): Promise<{ row: Row; opened: Opened }[]> {
  const keys = await store.find([...new Set(rows.map(({ key_id }) => key_id))]);
  return rows.map((row) => {
    const key = keys.get(row.key_id);
    return { row, opened: key ? { erased: false, data: open(key, row.sealed, row.key) } : { erased: true } };
  });
}
