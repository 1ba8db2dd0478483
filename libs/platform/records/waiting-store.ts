import { binaryArray, uuidArray } from '../database/array-parameters.js';
import type { Connection, Database } from '../database/pool.js';

/** Held messages wait for the record or an identifier they need. Call under `lockIdentity`. */
export async function waitFor(
  connection: Connection,
  waits: readonly { awaited: Buffer; receipt: string }[],
): Promise<void> {
  if (waits.length === 0) return;
  await connection.query(
    'insert into waiting (awaited, receipt) select * from unnest($1::bytea[], $2::uuid[]) on conflict do nothing',
    [
      binaryArray(
        'bytea',
        waits.map(({ awaited }) => awaited),
      ),
      uuidArray(waits.map(({ receipt }) => receipt)),
    ],
  );
}

/**
 * What was awaited is known now: the messages that waited are tried again, except those in hand. They wait for nothing any more,
 * or else one that another worker has in hand would be held for good: whoever closes it sees by that that it was woken.
 */
export async function wake(
  connection: Connection,
  awaited: readonly Buffer[],
  inHand: readonly string[],
): Promise<void> {
  await connection.query(
    `with woken as materialized (select distinct receipt from waiting where awaited = any($1)),
          gone as (
            delete from waiting
             where awaited = any($1) or (receipt in (select receipt from woken) and not receipt = any($2)))
     update receipts set status = 'received'
      where id = any(array(select receipt from woken)) and not id = any($2) and waits_as is not null`,
    [binaryArray('bytea', awaited), uuidArray(inHand)],
  );
}

/** The same for what awaits these records, which belong to a child now. */
export async function wakeRecords(connection: Connection, records: readonly string[]): Promise<void> {
  if (records.length === 0) return;
  const { rows } = await connection.query<{ key_hash: Buffer }>('select key_hash from records where stream = any($1)', [
    uuidArray(records),
  ]);
  await wake(
    connection,
    rows.map((row) => row.key_hash),
    [],
  );
}

/**
 * Puts right what crossed while a message was in hand: held although what it waits for became known meanwhile, or
 * recorded although its publisher has taken it back meanwhile. Returns how many are tried again.
 */
export async function retryCrossed(database: Database, receipts: readonly string[] | 'all'): Promise<number> {
  // Two texts, so that a batch is looked up: a plan that serves both reads the whole table.
  const [crossed, parameters] = receipts === 'all' ? ['true', []] : ['r.id = any($1)', [uuidArray(receipts)]];
  const held = await database.query(
    `update receipts r set status = 'received'
      where ${crossed} and r.waits_as is not null
        and exists (select from jsonb_array_elements(r.outcomes) o where o ? 'discreet' and o ->> 'outcome' = 'held')
        and not exists (select from waiting w where w.receipt = r.id)`,
    parameters,
  );
  const retracted = await database.query(
    `update receipts r set status = 'received'
       from retractions t
      where ${crossed} and t.system = r.system and t.message_hash = r.message_hash and r.status not in ('received', 'withdrawn')
        and not r.outcomes @> '[{"reason": "not-recordable"}]'`,
    parameters,
  );
  const unplaced = receipts === 'all' ? await retryUnplaced(database) : 0;
  return (held.rowCount ?? 0) + (retracted.rowCount ?? 0) + unplaced;
}

/** Recorded of a record that was taken out of its child while the message was in hand: they are held again. */
async function retryUnplaced(database: Database): Promise<number> {
  const { rowCount } = await database.query(
    `update receipts set status = 'received'
      where status not in ('received', 'withdrawn') and not outcomes @> '[{"reason": "not-recordable"}]'
        and id in (
          select s.receipt from records r join statements s on s.stream = r.stream and not s.retracted
           where r.only_if_known and not exists (select from links l where l.record = r.stream and l.known_to = 'infinity'))`,
  );
  return rowCount ?? 0;
}

/** A message its publisher takes back: by the keyed hash of its id, or by its receipt. Only the publisher's own. */
export interface Retraction {
  readonly system: string;
  readonly target: { readonly messageHash: Buffer } | { readonly receipt: string };
  /** Of the message that takes it back. */
  readonly receipt: string;
}

/** Notes that a publisher has taken messages back, whether or not they have come, and has those that have done again. */
export async function retractMessages(connection: Connection, retractions: readonly Retraction[]): Promise<void> {
  if (retractions.length === 0) return;
  const { rows } = await connection.query<{ system: string; message_hash: Buffer }>(
    `insert into retractions (system, message_hash, receipt)
     select t.system, coalesce(t.message_hash, r.message_hash), t.receipt
       from unnest($1::text[], $2::bytea[], $3::uuid[], $4::uuid[]) as t (system, message_hash, target, receipt)
       left join receipts r on r.id = t.target and r.system = t.system
      where coalesce(t.message_hash, r.message_hash) is not null
     on conflict (system, message_hash) do update set receipt = retractions.receipt
     returning system, message_hash`,
    [
      retractions.map(({ system }) => system),
      retractions.map(({ target }) => ('messageHash' in target ? target.messageHash : null)),
      retractions.map(({ target }) => ('receipt' in target ? target.receipt : null)),
      retractions.map(({ receipt }) => receipt),
    ],
  );
  await connection.query(
    `update receipts r set status = 'received'
       from unnest($1::text[], $2::bytea[]) as t (system, message_hash)
      where r.system = t.system and r.message_hash = t.message_hash and r.status not in ('received', 'withdrawn')`,
    [rows.map((row) => row.system), rows.map((row) => row.message_hash)],
  );
}

/** Of these messages, those taken back by their publisher, with the receipt that did. */
export async function retractedAmong(database: Database, receipts: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await database.query<{ id: string; by: string }>(
    `select r.id, t.receipt as by from receipts r
       join retractions t on t.system = r.system and t.message_hash = r.message_hash
      where r.id = any($1)`,
    [uuidArray(receipts)],
  );
  return new Map(rows.map((row) => [row.id, row.by]));
}
