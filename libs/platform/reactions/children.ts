import type { KeyStore } from '../../kernel/keys.js';
import type { Connection, Database } from '../database/pool.js';

/** A child as the engine needs it. */
export interface ReactingChild {
  readonly id: string;
  readonly provisional: boolean;
  /** The key of what was raised of it; null before anything was. */
  readonly keyId: string | null;
  /** No record is linked to it any more. */
  readonly emptied: boolean;
  /** Provisional children that have become this one: all that is left of them was linked here. */
  readonly became: readonly string[];
  /** Of one that is provisional: those that it may be. */
  readonly possible: readonly string[];
  /** Of one that is emptied: whose its records are now. */
  readonly heirs: readonly string[];
}

/** These children, but erased ones. */
export async function reactingChildren(database: Database, ids: readonly string[]): Promise<ReactingChild[]> {
  const { rows } = await database.query<ReactingChild>({
    name: 'reacting children',
    text: `
      with here as materialized (
        select c.id, c.provisional, c.key_id as "keyId",
               not exists (select from links l where l.child = c.id and l.known_to = 'infinity') as emptied
        from children c where c.id = any($1::uuid[]) and c.erased_at is null
      )
      select here.*,
             -- Each step is fenced (offset 0), so that it is looked up for this child: left alone, the planner reads whole tables for each.
             case when emptied then '{}' else array(
               select distinct before.child
               from (select record, child from links where child = here.id and known_to = 'infinity' offset 0) live
               cross join lateral (
                 select child from links
                 where record = live.record and child <> live.child and known_to <> 'infinity' offset 0) before
               cross join lateral (select from children where id = before.child and key_id is not null offset 0) gone
               where not exists (select from links l where l.child = before.child and l.known_to = 'infinity')
             ) end as became,
             case when emptied or not provisional then '{}' else array(
               select distinct them.child
               from (select record from links where child = here.id and known_to = 'infinity' offset 0) mine
               -- Of whom nothing is known but a day of birth nobody can be told: a return of thousands born on one day is not compared.
               cross join lateral (
                 select stream, birth_hash from records
                 where stream = mine.record and (
                   exists (select from claims where record = mine.record)
                   or (select count(*) from (select from name_index where record = mine.record limit 3) as few) = 3)
                 offset 0) r
               cross join lateral (
                 select stream from records where birth_hash = r.birth_hash and stream <> r.stream offset 0) o
               cross join lateral (
                 select child from links
                 where record = o.stream and known_to = 'infinity' and child <> here.id offset 0) them
               cross join lateral (
                 select provisional from children where id = them.child and erased_at is null offset 0) other
               where
                 -- One that is in doubt itself may be because of this very number.
                 exists (select from claims a join claims b on b.kind = a.kind and b.value_hash = a.value_hash
                         where a.record = r.stream and b.record = o.stream)
                 -- Every prefix of a name from two letters on has a token: three in common are four letters.
                 or not other.provisional and (select count(*) from name_index a join name_index b on b.token = a.token
                     where a.record = r.stream and b.record = o.stream) >= 3
               order by them.child limit 5
             ) end as possible,
             case when not emptied then '{}' else array(
               select distinct now.child from links was
               join links now on now.record = was.record and now.known_to = 'infinity'
               where was.child = here.id
             ) end as heirs
      from here`,
    values: [ids],
  });
  return rows;
}

/** The key for what is raised of a child, made when there is none yet; undefined when the child has been erased. */
export async function keyOfChild(database: Database, keys: KeyStore, child: string): Promise<string | undefined> {
  const [fresh] = await keys.take(1);
  if (!fresh) throw new Error('the key store gave no key');
  const { rows } = await database.query<{ key_id: string }>(
    'update children set key_id = coalesce(key_id, $2) where id = $1 and erased_at is null returning key_id',
    [child, fresh.id],
  );
  return rows[0]?.key_id;
}

export interface PlaceRow {
  readonly capability: string;
  readonly board: string;
  readonly cause: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Replaces where these children stand on boards. */
export async function placeOnBoards(
  connection: Connection,
  places: ReadonlyMap<string, readonly PlaceRow[]>,
): Promise<void> {
  const rows = [...places].flatMap(([child, some]) => some.map((row) => ({ child, ...row })));
  await connection.query('delete from board_places where child = any($1::uuid[])', [[...places.keys()]]);
  if (rows.length === 0) return;
  await connection.query(
    `insert into board_places (child, capability, board, cause, at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) on conflict do nothing`,
    [
      rows.map(({ child }) => child),
      rows.map(({ capability }) => capability),
      rows.map(({ board }) => board),
      rows.map(({ cause }) => cause),
      rows.map(({ at }) => at),
    ],
  );
}
