import type { Parts } from '../../libs/platform/platform.module.js';
import { until } from './until.js';

/** Everything that was told is recorded, shown, derived and on its way; nothing is due, and nobody holds anything. */
const SETTLED = [
  `not exists (select from receipts where status in ('received', 'held'))`,
  'not exists (select from reactions where due_at <= $1 or lease_until is not null)',
  'select position is not distinct from (select nullif(position, 0) from log_head) from reaction_progress',
  'not exists (select from projections where live and position is distinct from (select position from log_head))',
  'select position >= (select coalesce(max(position), 0) from notices) from webhook_head',
];

/** And has arrived; what was taken back since, too. */
const DELIVERED = [
  ...SETTLED,
  `not exists (select from webhook_deliveries where state = 'pending')`,
  'not exists (select from webhook_endpoints where lease is not null)',
  `not exists (select from notices n join webhook_deliveries d on d.notice = n.key and d.event = 'raised' and d.left_at is not null
     where n.state = 'recalled' and not exists (select from webhook_deliveries r where r.notice = n.key and r.event = 'recalled'))`,
];

/** Waits for it; says what is not so when it is not in two minutes. `hurry` is done every few seconds. */
export const settled = async (parts: Parts, hurry: () => Promise<void>): Promise<void> =>
  untilAll(parts, SETTLED, hurry);

/** The same. */
export const delivered = async (parts: Parts, hurry: () => Promise<void>): Promise<void> =>
  untilAll(parts, DELIVERED, hurry);

/** What retries wait for passes; `leases`: and what those wait for who hold anything, dead or alive. */
export async function letGo({ database, clock }: Parts, leases: boolean): Promise<void> {
  const now = new Date(clock.now()).toISOString();
  await database.query(`update webhook_endpoints set due_at = '-infinity' where due_at > $1`, [now]);
  await database.query(`update webhook_deliveries set due_at = '-infinity' where state = 'pending' and due_at > $1`, [
    now,
  ]);
  if (!leases) return;
  for (const table of ['queue', 'reactions', 'webhook_endpoints']) {
    await database.query(
      `update ${table} set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
    );
  }
}

async function untilAll({ database, clock }: Parts, all: readonly string[], hurry: () => Promise<void>): Promise<void> {
  let looks = 0;
  let left: readonly string[] = all;
  const so = async (): Promise<boolean> => {
    const { rows } = await database.query<{ so: boolean[] }>(
      `select array[${all.map((one) => `(${one})`).join(', ')}] as so, $1::timestamptz as at`,
      [new Date(clock.now()).toISOString()],
    );
    left = all.filter((_, place) => rows[0]?.so[place] !== true);
    if (left.length > 0 && (looks += 1) % 100 === 0) await hurry();
    return left.length === 0;
  };
  await until(so, () => `it is not so in time: ${left.join('; ')}`);
}
