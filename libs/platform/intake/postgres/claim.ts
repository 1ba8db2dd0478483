import type { Agency } from '../../../kernel/agency.js';
import { CLAIM_WEIGHT, type Claimed, type Closed } from '../../../kernel/intake.js';
import type { KeyStore } from '../../../kernel/keys.js';
import { uuidArray } from '../../database/array-parameters.js';
import { WITHOUT_WAITING, type Database } from '../../database/pool.js';
import { SealBroken } from '../../keys/seal.js';
import type { AtHand, Read } from './at-hand.js';
import { openEnvelope, type Envelope } from './envelope.js';

// Leases are the database's own time: a worker with a wrong clock takes nothing from the others. A claim that a crash of the
// server undoes was followed by nothing that it did not undo.
const TAKE = `
  with found as materialized (
    select ctid, seq, weight from queue
    where lease_until is null or lease_until <= clock_timestamp()
    order by seq limit $1
    for update skip locked
  ), next as materialized (
    select ctid from (select ctid, sum(weight) over (order by seq) - weight as before from found) as counted
    where before < ${CLAIM_WEIGHT}
  )
  update queue q set attempts = q.attempts + 1, lease_until = clock_timestamp() + $2 * interval '1 second'
  from (select ${WITHOUT_WAITING} offset 0) as set
  where q.ctid = any (array(select ctid from next))
  returning q.seq, q.receipt, q.attempts`;

// Fenced (offset 0), so that each is looked up: the planner, who cannot know how few there are, reads tables.
const READ = `
  select r.*, m.sealed,
         exists (select from retractions t where t.system = r.system and t.message_hash = r.message_hash) as taken_back
  from unnest($1::uuid[]) as asked (id)
  cross join lateral (
    select id, system, agency, message_hash, format, content_type, correlation, key_id, received_at
    from receipts where id = asked.id offset 0
  ) as r
  left join lateral (select sealed from messages where receipt = r.id offset 0) as m on true`;

interface Taken {
  readonly seq: bigint;
  readonly receipt: string;
  readonly attempts: number;
}

interface Row {
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
}

/** Messages to work on in order of arrival, and those nobody can read any more, to be closed instead. */
export interface Turn {
  readonly claimed: Claimed[];
  readonly unreadable: Closed[];
}

export async function claim(
  database: Database,
  keys: KeyStore,
  atHand: AtHand,
  limit: number,
  leaseSeconds: number,
): Promise<Turn> {
  const { rows } = await database.query<Taken>(TAKE, [limit, leaseSeconds]);
  if (rows.length === 0) return { claimed: [], unreadable: [] };
  const held = await atHand.take(
    rows.map(({ receipt }) => receipt),
    keys,
  );
  const unheld = rows.flatMap(({ receipt }) => (held.has(receipt) ? [] : [receipt]));
  const stored = unheld.length > 0 ? await read(database, keys, unheld) : new Map<string, never>();
  const turn: Turn = { claimed: [], unreadable: [] };
  // Nothing above promises an order.
  for (const { receipt, attempts } of rows.toSorted((a, b) => (a.seq < b.seq ? -1 : 1))) {
    const one = held.get(receipt) ?? stored.get(receipt);
    if (one === undefined) throw new Error('the queue names a receipt that is not there');
    if ('outcomes' in one) turn.unreadable.push(one);
    else turn.claimed.push({ ...one, attempt: attempts });
  }
  return turn;
}

async function read(
  database: Database,
  keys: KeyStore,
  receipts: readonly string[],
): Promise<Map<string, Read | Closed>> {
  const { rows } = await database.query<Row>({ name: 'intake read', text: READ, values: [uuidArray(receipts)] });
  const found = await keys.find(rows.map((row) => row.key_id));
  return new Map(
    rows.map((row) => {
      const key = found.get(row.key_id);
      // Taken back after it was erased: what it said of others is withdrawn all the same, and needs no content for that.
      if (!key) return [row.id, row.taken_back ? asRead(row, nothing) : erased(row.id)];
      if (!row.sealed) return [row.id, damaged(row.id)];
      try {
        return [row.id, asRead(row, openEnvelope(key, row.id, row.sealed))];
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        return [row.id, damaged(row.id)];
      }
    }),
  );
}

const nothing = { attributes: {}, body: new Uint8Array() };

function asRead(row: Row, { attributes, body }: Pick<Envelope, 'attributes' | 'body'>): Read {
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
