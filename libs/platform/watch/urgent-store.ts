import type { PartOutcome } from '../../kernel/intake.js';
import type { KeyStore } from '../../kernel/keys.js';
import { transaction, type Connection, type Database } from '../database/pool.js';
import { openEnvelope } from '../intake/postgres/envelope.js';

/** A held or quarantined message nobody has weighed yet, as it came. */
export interface Unweighed {
  readonly receipt: string;
  readonly system: string;
  readonly format: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A message that may report a missing child and was not recorded whole. Names no child; its content stays sealed. */
export interface UrgentMessage {
  readonly receipt: string;
  readonly system: string;
  readonly agency: string;
  readonly sign: string;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly escalatedAt?: string;
  /** What could not be recorded of it, and why. */
  readonly outcomes: readonly PartOutcome[];
}

// As the partial index has it. A message may have ten megabytes: few at a time.
const WAITING = 'waits_as is not null';
const AT_ONCE = 10;

/** The next few that wait and have not been weighed, oldest first; none: all are. Erased ones count as weighed; history pages nobody. */
export async function unweighed(database: Database, keys: KeyStore): Promise<Unweighed[]> {
  const { rows } = await database.query<Omit<Unweighed, 'body'> & { key_id: string; sealed: Buffer | null }>({
    name: 'unweighed messages',
    text: `
      select r.id as receipt, r.system, r.format, r.content_type as "contentType", r.key_id, m.sealed
      from (select * from receipts r where ${WAITING}
            and not r.history and not exists (select from weighed_messages w where w.receipt = r.id)
            order by seq limit ${AT_ONCE}) r
      left join messages m on m.receipt = r.id order by r.seq`,
  });
  const found = await keys.find(rows.map(({ key_id }) => key_id));
  return rows.map(({ key_id, sealed, ...row }) => {
    const key = found.get(key_id);
    return { ...row, body: key && sealed ? openEnvelope(key, row.receipt, sealed).body : new Uint8Array() };
  });
}

export interface Weighed {
  readonly receipt: string;
  /** Why it may report a missing child; absent: nothing says so. */
  readonly sign?: string;
}

/** Answers those that were raised by this call: two instances may weigh the same message. */
export async function raise(database: Database, weighed: readonly Weighed[], at: string): Promise<string[]> {
  const urgent = weighed.filter(({ sign }) => sign !== undefined);
  return transaction(database, async (connection) => {
    const { rows } = await connection.query<{ receipt: string }>(
      `insert into urgent_messages (receipt, sign, raised_at) select r, s, $3 from unnest($1::uuid[], $2::text[]) as t (r, s)
       on conflict do nothing returning receipt`,
      [urgent.map(({ receipt }) => receipt), urgent.map(({ sign }) => sign), at],
    );
    await connection.query('insert into weighed_messages (receipt) select unnest($1::uuid[]) on conflict do nothing', [
      weighed.map(({ receipt }) => receipt),
    ]);
    return rows.map(({ receipt }) => receipt);
  });
}

/** Ends those that are recorded, closed or withdrawn after all. */
export async function endSettled(database: Database, at: string): Promise<void> {
  await database.query(
    `update urgent_messages u set ended_at = $1, ended_as = r.status from receipts r
     where u.ended_at is null and r.id = u.receipt and r.status not in ('held', 'quarantined', 'partly-recorded', 'received')`,
    [at],
  );
}

/** Marks those raised before `raisedBefore` that nobody has taken; answers them, once. `item` names it on the duty sheet. */
export async function escalate(
  database: Database,
  raisedBefore: string,
  at: string,
): Promise<{ receipt: string; system: string }[]> {
  const { rows } = await database.query<{ receipt: string; system: string }>(
    `update urgent_messages u set escalated_at = $2 from receipts r
     where u.ended_at is null and u.escalated_at is null and u.raised_at <= $1 and r.id = u.receipt
       and not exists (select from duty_items d where d.item = 'message ' || u.receipt)
     returning u.receipt, r.system`,
    [raisedBefore, at],
  );
  return rows;
}

/** Which of these may report a missing child: those raised and not settled, and those nobody has weighed yet. */
export async function urgentAmong(database: Database, receipts: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ id: string }>({
    name: 'urgent among',
    text: `
      select r.id from receipts r where r.id = any($1::uuid[]) and (
        exists (select from urgent_messages u where u.receipt = r.id and u.ended_at is null)
        or (not r.history and not exists (select from weighed_messages w where w.receipt = r.id)))`,
    values: [receipts],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Those that are still to be settled, oldest first; at most `limit`. */
export async function urgentMessages(database: Database | Connection, limit: number): Promise<UrgentMessage[]> {
  const { rows } = await database.query<Omit<UrgentMessage, 'escalatedAt'> & { escalated_at: string | null }>({
    name: 'urgent messages',
    text: `
      select u.receipt, r.system, r.agency, u.sign, r.received_at as "receivedAt", u.escalated_at, r.outcomes
      from urgent_messages u join receipts r on r.id = u.receipt
      where u.ended_at is null order by r.received_at, u.receipt limit $1`,
    values: [limit],
  });
  return rows.map(({ escalated_at, ...row }) => ({
    ...row,
    ...(escalated_at === null ? {} : { escalatedAt: escalated_at }),
  }));
}
