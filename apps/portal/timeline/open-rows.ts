import { newestType, upcast } from '../../../libs/contracts/evolution.js';
import type { KeyStore, Opened } from '../../../libs/kernel/keys.js';
import { open } from '../../../libs/platform/keys/seal.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';

/** Each row with its content, both of the newest version of its type, or that it was erased. Only for rows that the viewer sees in full. */
export async function openRows<Row extends TimelineRow>(
  store: KeyStore,
  rows: readonly Row[],
): Promise<{ row: Row; opened: Opened }[]> {
  const keys = await store.find([...new Set(rows.map(({ key_id }) => key_id))]);
  return rows.map((row) => {
    const key = keys.get(row.key_id);
    if (!key) return { row: { ...row, type: newestType(row.type) }, opened: { erased: true } };
    const { type, data } = upcast({ type: row.type, data: open(key, row.sealed, row.key) });
    return { row: { ...row, type }, opened: { erased: false, data } };
  });
}
