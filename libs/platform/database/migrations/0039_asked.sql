-- Up Migration

-- Of what waits for the engine: since when, by the database's own clock, and whether somebody may have to be told at once. Both mean
-- something while `due_at` is '-infinity', that is while it waits because it was asked for.
alter table reactions
  add column asked_at timestamptz not null default clock_timestamp(),
  add column urgent boolean not null default false;
drop index reactions_due;
create index reactions_due on reactions (due_at, urgent desc, asked_at);

-- As before, and what waits already keeps its place.
create or replace function react_to(asked uuid[], resembled uuid[]) returns void language sql as $$
  insert into reactions (child, due_at)
  select child, '-infinity'::timestamptz from (
    select unnest(asked) as child
    union
    select l.child
    from (
      select birth_hash, count(*) as records, (array_agg(stream))[1] as only_one
      from records
      where stream = any(resembled) and birth_hash is not null
        and exists (select from children where provisional and key_id is not null)
      group by birth_hash
    ) b
    -- Fenced (offset 0), so that each is looked up: left alone, the planner reads whole tables for a handful.
    cross join lateral (select stream from records where birth_hash = b.birth_hash offset 0) o
    cross join lateral (select child from links where record = o.stream and known_to = 'infinity' offset 0) l
    cross join lateral (
      select from children c where c.id = l.child and c.provisional and c.key_id is not null and c.erased_at is null offset 0) c
    where b.records > 1 or o.stream <> b.only_one
  ) c
  order by child
  on conflict (child) do update set due_at = '-infinity', wanted = reactions.wanted + 1,
    asked_at = case when reactions.due_at = '-infinity' then reactions.asked_at else excluded.asked_at end;
$$;

-- Down Migration
