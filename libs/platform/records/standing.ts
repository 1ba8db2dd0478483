import { uuidArray } from '../database/array-parameters.js';
import type { Connection } from '../database/pool.js';

/** What a record's source said last of its person (keyed hash), and how often that was made anew from what stands. */
export interface StandingPerson {
  readonly restated: number;
  readonly personHash: Buffer | null;
}

/**
 * Of these records, those that are there and under no erasure, held so until the transaction ends. `share` keeps what is known of
 * their persons as it is; `no key update` is for who is going to change it.
 */
export async function lockStanding(
  connection: Connection,
  streams: readonly string[],
  strength: 'key share' | 'share' | 'no key update' = 'key share',
): Promise<Map<string, StandingPerson>> {
  const { rows } = await connection.query<{ stream: string; restated: number; person_hash: Buffer | null }>(
    `select stream, restated, person_hash from records r where stream = any($1)
        and not exists (select from erasures e where r.stream = any(e.streams)) order by stream for ${strength}`,
    [uuidArray(streams)],
  );
  return new Map(rows.map(({ stream, restated, person_hash }) => [stream, { restated, personHash: person_hash }]));
}

/** Of these receipts, those whose message has been erased, or is about to be. */
export async function erasedReceipts(connection: Connection, receipts: readonly string[]): Promise<Set<string>> {
  const { rows } = await connection.query<{ id: string }>(
    `select id from unnest($1::uuid[]) as given (id)
      where exists (select from erasures e where given.id = any(e.receipts))`,
    [uuidArray(receipts)],
  );
  return new Set(rows.map((row) => row.id));
}
