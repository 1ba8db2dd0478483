import { transaction, type Connection, type Database } from '../database/pool.js';

/** Who has an item. Times are RFC 3339. */
export interface Owned {
  readonly item: string;
  /** Sign-in name. */
  readonly owner: string;
  readonly ownerName: string;
  readonly since: string;
  readonly doneAt?: string;
}

export interface Colleague {
  readonly who: string;
  readonly name: string;
}

/** One thing done to one item. */
export interface Doing {
  readonly item: string;
  readonly by: Colleague;
  /** RFC 3339. */
  readonly at: string;
  /** UUID. */
  readonly correlationId: string;
}

interface Row {
  readonly item: string;
  readonly owner: string;
  readonly owner_name: string;
  readonly since: string;
  readonly done_at: string | null;
}

export async function ownersOf(database: Database | Connection, items: readonly string[]): Promise<Map<string, Owned>> {
  const { rows } = await database.query<Row>({
    name: 'duty owners',
    text: 'select item, owner, owner_name, since, done_at from duty_items where item = any($1::text[])',
    values: [items],
  });
  return new Map(rows.map((row) => [row.item, owned(row)]));
}

/** Items that somebody has taken and not cleared, and all that were cleared since the start of today (RFC 3339), by anybody. */
export async function keptItems(database: Database, who: string, today: string): Promise<string[]> {
  const { rows } = await database.query<{ item: string }>({
    name: 'duty kept',
    text: 'select item from duty_items where (owner = $1 and done_at is null) or done_at >= $2',
    values: [who, today],
  });
  return rows.map(({ item }) => item);
}

/**
 * Takes an item that nobody has, or whose day is over: done before `freshFrom`, the start of today (RFC 3339). Of two at
 * once the first has it. Answers who has it now.
 */
export async function take(database: Database, doing: Doing, freshFrom: string): Promise<Owned | undefined> {
  const { item, by, at } = doing;
  return act(database, doing, 'take', undefined, (connection) =>
    connection.query(
      `insert into duty_items as d (item, owner, owner_name, since) values ($1, $2, $3, $4)
       on conflict (item) do update set owner = $2, owner_name = $3, since = $4, done_at = null
       where d.done_at < $5`,
      [item, by.who, by.name, at, freshFrom],
    ),
  );
}

/** Gives an item to a colleague. Only whoever has it does; with `evenOthers`, whoever oversees them. */
export async function handOver(
  database: Database,
  doing: Doing,
  to: Colleague,
  evenOthers: boolean,
): Promise<Owned | undefined> {
  const { item, by, at } = doing;
  return act(database, doing, 'hand-over', to.who, (connection) =>
    connection.query(
      `update duty_items set owner = $3, owner_name = $4, since = $5
       where item = $1 and done_at is null and (owner = $2 or $6)`,
      [item, by.who, to.who, to.name, at, evenOthers],
    ),
  );
}

/** Clears an item. Only whoever has it does. */
export async function done(database: Database, doing: Doing): Promise<Owned | undefined> {
  const { item, by, at } = doing;
  return act(database, doing, 'done', undefined, (connection) =>
    connection.query('update duty_items set done_at = $3 where item = $1 and owner = $2 and done_at is null', [
      item,
      by.who,
      at,
    ]),
  );
}

/** The desk of the youth offending service: whoever holds or covers a case sits at it. */
export const SERVICE_DESK = 'yos';

/** Colleagues at a desk to hand over to: who has opened its duty sheet since, or holds or covers a case now. By name. */
export async function colleagues(database: Database, desk: string, since: string): Promise<Colleague[]> {
  const { rows } = await database.query<Colleague>({
    name: 'duty colleagues',
    text: `
      select who, max(name) as name from (
        select who, name from duty_staff where desk = $2 and seen_at >= $1
        union all select worker, coalesce(worker_name, worker) from caseload
          where $2 = '${SERVICE_DESK}' and void_at is null and worker is not null
        union all select worker, coalesce(worker_name, worker) from cover
          where $2 = '${SERVICE_DESK}' and void_at is null and (covers_until is null or covers_until > now())
      ) s group by who order by 2, 1`,
    values: [since, desk],
  });
  return rows;
}

export async function noteStaff(database: Database, { who, name }: Colleague, desk: string, at: string): Promise<void> {
  await database.query({
    name: 'duty staff',
    text: `insert into duty_staff (who, name, seen_at, desk) values ($1, $2, $3, $4)
           on conflict (who) do update set name = $2, seen_at = $3, desk = $4
           where duty_staff.seen_at < $3::timestamptz - interval '1 hour' or duty_staff.desk <> $4`,
    values: [who, name, at, desk],
  });
}

/** Of a change that did not apply nothing is kept, and who has the item is answered either way. */
async function act(
  database: Database,
  { item, by, at, correlationId }: Doing,
  action: 'take' | 'hand-over' | 'done',
  to: string | undefined,
  change: (connection: Connection) => Promise<{ rowCount: number | null }>,
): Promise<Owned | undefined> {
  return transaction(database, async (connection) => {
    const { rowCount } = await change(connection);
    if (rowCount === 1) {
      await connection.query(
        'insert into duty_actions (at, item, action, who, to_whom, correlation_id) values ($1, $2, $3, $4, $5, $6)',
        [at, item, action, by.who, to ?? null, correlationId],
      );
    }
    return (await ownersOf(connection, [item])).get(item);
  });
}

function owned({ item, owner, owner_name, since, done_at }: Row): Owned {
  return { item, owner, ownerName: owner_name, since, ...(done_at === null ? {} : { doneAt: done_at }) };
}
