import type { Agency } from '../../../kernel/agency.js';
import { CLAIM_WEIGHT, CSV_WEIGHT, type Claimed, type Closed } from '../../../kernel/intake.js';
import type { KeyStore } from '../../../kernel/keys.js';
import type { Database } from '../../database/pool.js';
import { SealBroken } from '../../keys/seal.js';
import { openEnvelope, type Envelope } from './envelope.js';

// Leases are the database's own time: a worker with a wrong clock takes nothing from the others.
// Found again by their place (ctid) and by lookup (offset 0): the planner, who cannot know how few there are, reads tables.
const CLAIM = `
  with found as materialized (
    select ctid, seq, size::bigint * case when content_type ilike 'text/csv%' then ${CSV_WEIGHT} else 1 end as weight
    from receipts
    where status = 'received' and (lease_until is null or lease_until <= clock_timestamp())
    order by seq limit $1
    for update skip locked
  ), next as materialized (
    select ctid from (select ctid, sum(weight) over (order by seq) - weight as before from found) as counted
    where before < ${CLAIM_WEIGHT}
  ), taken as (
    update receipts r
    set attempts = r.attempts + 1, lease_until = clock_timestamp() + $2 * interval '1 second'
    where r.ctid = any (array(select ctid from next))
    returning r.seq, r.id, r.system, r.agency, r.message_hash, r.format, r.content_type, r.correlation, r.key_id,
              r.received_at, r.attempts
  )
  select taken.*, m.sealed,
         exists (select from retractions t where t.system = taken.system and t.message_hash = taken.message_hash) as taken_back
  from taken left join lateral (select sealed from messages where receipt = taken.id offset 0) as m on true`;

interface Row {
  readonly seq: bigint;
  readonly id: string;
  readonly system: string;
  readonly agency: Agency;
  readonly format: string;
  readonly content_type: string;
  readonly correlation: string;
  readonly key_id: string;
  readonly sealed: Buffer | null;
  readonly taken_back: boolean;
  readonly received_at: string;
  readonly attempts: number;
}

/** Messages to work on in order of arrival, and those nobody can read any more, to be closed instead. */
export interface Turn {
  readonly claimed: Claimed[];
  readonly unreadable: Closed[];
}

export async function claim(database: Database, keys: KeyStore, limit: number, leaseSeconds: number): Promise<Turn> {
  const { rows } = await database.query<Row>({ name: 'intake claim', text: CLAIM, values: [limit, leaseSeconds] });
  const found = rows.length > 0 ? await keys.find(rows.map((row) => row.key_id)) : new Map<string, never>();
  const turn: Turn = { claimed: [], unreadable: [] };
  // Nothing above promises an order.
  for (const row of rows.toSorted((a, b) => (a.seq < b.seq ? -1 : 1))) {
    const key = found.get(row.key_id);
    try {
      // Taken back after it was erased: what it said of others is withdrawn all the same, and needs no content for that.
      if (!key && row.taken_back) turn.claimed.push(claimed(row, { attributes: {}, body: new Uint8Array() }));
      else if (!key) turn.unreadable.push(erased(row.id));
      else if (row.sealed) turn.claimed.push(claimed(row, openEnvelope(key, row.id, row.sealed)));
      else turn.unreadable.push(damaged(row.id));
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      turn.unreadable.push(damaged(row.id));
    }
  }
  return turn;
}

function claimed(row: Row, { attributes, body }: Pick<Envelope, 'attributes' | 'body'>): Claimed {
  return {
    receipt: row.id,
    message: {
      system: row.system,
      agency: row.agency,
      format: row.format,
      contentType: row.content_type,
      attributes,
      body,
      receivedAt: row.received_at,
    },
    correlation: row.correlation,
    attempt: row.attempts,
  };
}

function erased(receipt: string): Closed {
  const detail = 'The message was erased before it was translated.';
  return { receipt, outcomes: [{ outcome: 'ignored', reason: 'erased', detail }] };
}

function damaged(receipt: string): Closed {
  const detail = 'The stored message cannot be opened: it was changed or removed after it was kept.';
  return { receipt, outcomes: [{ outcome: 'quarantined', reason: 'seal-broken', detail }] };
}
