import type { Position } from '../../kernel/event-log.js';
import { transaction, type Connection, type Database } from '../database/pool.js';

/** A child in hand. */
export interface DueChild {
  readonly child: string;
  /** How often it had been asked for when it was claimed. */
  readonly wanted: bigint;
  /** As of when it was last derived, RFC 3339; null before the first time. */
  readonly derivedAt: string | null;
}

/** What came of deriving a child. */
export interface DerivedChild extends DueChild {
  /** As of when, RFC 3339. */
  readonly at: string;
  /** The next instant at which the answer may change, RFC 3339; absent: only when something happens. */
  readonly next?: string;
}

/**
 * Asks for these children to be derived, at once; `urgent`: before all that is not. Who waits already keeps its place, but for what
 * makes it urgent.
 */
export async function wantChildren(
  connection: Connection | Database,
  children: readonly string[],
  urgent: ReadonlySet<string> = new Set(),
): Promise<void> {
  if (children.length === 0) return;
  const asked = [...new Set(children)];
  await connection.query(
    `insert into reactions (child, due_at, urgent)
     select c.id, '-infinity', a.urgent from unnest($1::uuid[], $2::boolean[]) as a (id, urgent)
     join children c on c.id = a.id and c.erased_at is null order by c.id
     on conflict (child) do update set due_at = '-infinity', wanted = reactions.wanted + 1,
       urgent = reactions.urgent or excluded.urgent,
       asked_at = case when reactions.due_at = '-infinity' then reactions.asked_at else excluded.asked_at end`,
    [asked, asked.map((child) => urgent.has(child))],
  );
}

/** The children whose records these are now; at once those of the records that are urgent. */
export async function wantChildrenOf(
  connection: Connection,
  records: readonly string[],
  urgent: ReadonlySet<string> = new Set(),
): Promise<void> {
  if (records.length === 0) return;
  const { rows } = await connection.query<{ child: string; record: string }>(
    `select child, record from links where record = any($1::uuid[]) and known_to = 'infinity'`,
    [[...new Set(records)]],
  );
  await wantChildren(
    connection,
    rows.map(({ child }) => child),
    new Set(rows.filter(({ record }) => urgent.has(record)).map(({ child }) => child)),
  );
}

/** What is claimed first: children that were asked for, or those whose instant has come. */
export type Lane = 'asked' | 'instant';

export interface Claim {
  readonly version: string;
  /** RFC 3339. */
  readonly now: string;
  readonly lane: Lane;
  readonly limit: number;
  readonly leaseSeconds: number;
}

const ASKED = `due_at = '-infinity'`;
const FREE = '(lease_until is null or lease_until < clock_timestamp())';
const CURRENT = 'exists (select from reaction_progress where version = $4)';
/** Both kinds, in their order: urgent, then as they were asked for; as their instants came. */
const inOrder = (which: string, limit: string): string => `
  select child from reactions where ${which} and ${FREE} and ${CURRENT}
  order by due_at, urgent desc, asked_at limit ${limit} for update skip locked`;

const claims: Readonly<Record<Lane, string>> = {
  // What was asked for is due since for ever.
  asked: `with due as (${inOrder('due_at <= $1', '$2')})`,
  instant: `
    with come as (${inOrder(`due_at > '-infinity' and due_at <= $1`, '$2')}),
    asked as (${inOrder(ASKED, '$2 - (select count(*) from come)')}),
    -- Both have their limit: said again for the planner, who else expects thousands, and reads the whole table for them.
    due as (select child from (select child from come union all select child from asked) both_kinds limit $2)`,
};

/**
 * Claims children that are due; nobody else gets them while the lease lasts. With a lane each way neither kind waits for the other
 * to end. None for whoever does not run the version that derives.
 */
export async function claimChildren(
  database: Database,
  { version, now, lane, limit, leaseSeconds }: Claim,
): Promise<DueChild[]> {
  const { rows } = await database.query<{ child: string; wanted: bigint; derived_at: string | null }>({
    name: `claim reactions ${lane}`,
    text: `${claims[lane]}
      update reactions r set lease_until = clock_timestamp() + make_interval(secs => $3)
      from due where r.child = due.child returning r.child, r.wanted, r.derived_at`,
    values: [now, limit, leaseSeconds, version],
  });
  return rows.map(({ child, wanted, derived_at }) => ({ child, wanted, derivedAt: derived_at }));
}

/**
 * Gives children back: due at their next instant, or at once where something asked for them meanwhile. Answers those of which this
 * is the last word: nothing asked meanwhile, nobody derived them as of later, and they have not been erased.
 */
export async function finishChildren(
  connection: Connection,
  derived: readonly DerivedChild[],
): Promise<ReadonlySet<string>> {
  if (derived.length === 0) return new Set();
  const { rows } = await connection.query<{ child: string; last: boolean }>({
    name: 'finish reactions',
    // Whoever comes late, with facts from before, may have said what does not hold any more: it is looked at again.
    text: `
      with mine as (
        select d.*, r.wanted = d.wanted and (r.derived_at is null or r.derived_at <= d.at) as last
        from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::timestamptz[]) as d (child, wanted, at, next)
        join reactions r on r.child = d.child order by r.child for update of r
      )
      update reactions r
      set lease_until = null, derived_at = greatest(r.derived_at, m.at),
          due_at = case when m.last then m.next else '-infinity' end, urgent = r.urgent and not m.last
      from mine m where r.child = m.child returning r.child, m.last`,
    values: [
      derived.map(({ child }) => child),
      derived.map(({ wanted }) => wanted),
      derived.map(({ at }) => at),
      derived.map(({ next }) => next ?? 'infinity'),
    ],
  });
  return new Set(rows.filter(({ last }) => last).map(({ child }) => child));
}

/** Lets go of children whose derivation somebody else overtook: they are due at once. */
export async function releaseChildren(database: Database, children: readonly string[]): Promise<void> {
  if (children.length === 0) return;
  await database.query(
    `with mine as (select child from reactions where child = any($1::uuid[]) order by child for update)
     update reactions r set lease_until = null, due_at = '-infinity' from mine where r.child = mine.child`,
    [children],
  );
}

/** How far the log has been looked through; null before the first event. */
export async function progress(connection: Connection | Database): Promise<Position | null> {
  const { rows } = await connection.query<{ position: Position | null }>('select position from reaction_progress');
  return rows[0]?.position ?? null;
}

/**
 * Asks for the children of these records, first for those of urgent ones, and notes that the log was looked through to `to`. False, and nothing changed, when
 * another instance has gone on from `from`.
 */
export async function advance(
  database: Database,
  from: Position | null,
  to: Position,
  records: readonly string[],
  urgent: ReadonlySet<string> = new Set(),
): Promise<boolean> {
  return await transaction(database, async (connection) => {
    const { rowCount } = await connection.query(
      'update reaction_progress set position = $2 where position is not distinct from $1::bigint',
      [from, to],
    );
    if (rowCount !== 1) return false;
    await wantChildrenOf(connection, records, urgent);
    return true;
  });
}
