import { newestType, upcast } from '../../contracts/evolution.js';
import type { KeyStore, Opened } from '../../kernel/keys.js';
import { open } from '../keys/seal.js';

/** A row of the timeline, as far as it is opened: the event's own ciphertext, and under which key. */
export interface SealedRow {
  readonly key: string;
  readonly type: string;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}

/** Each row with its content, both of the newest version of its type, or that it was erased. Only for rows that the viewer sees in full. */
export async function openRows<Row extends SealedRow>(
  store: KeyStore,
  rows: readonly Row[],
): Promise<{ row: Row; opened: Opened }[]> {
  const keys = await store.find([...new Set(rows.map(({ key_id }) => key_id))]);
  return rows.map((row) => {
    const key = keys.get(row.key_id);
    if (!key) return { row: { ...row, type: newestType(row.type) }, opened: { erased: true } };
    const { type, data } = upcast({ type: row.type, data: open(key, row.sealed, row.key) });
    return { row: type === row.type ? row : { ...row, type }, opened: { erased: false, data } };
  });
}
