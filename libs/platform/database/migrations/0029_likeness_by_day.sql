-- Up Migration

-- Asks for these children, and for those unsure ones that share a day of birth with one of these records: day by day, not record by
-- record, and not at all where nobody is unsure. A backfill states a day of birth for every record, and few days are only one child's.
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
  on conflict (child) do update set due_at = '-infinity', wanted = reactions.wanted + 1;
$$;

-- Once for all the records that a statement changes, as for links.
drop trigger records_react on records;
drop function react_to_birth();
create function react_to_births() returns trigger language plpgsql as $$
declare
  changed uuid[] := array(
    select n.stream from told n join told_before o on o.stream = n.stream where o.birth_hash is distinct from n.birth_hash);
begin
  if cardinality(changed) > 0 then
    perform react_to(array(select child from links where record = any(changed) and known_to = 'infinity'), changed);
  end if;
  return null;
end $$;
create trigger records_react after update on records referencing old table as told_before new table as told
  for each statement execute function react_to_births();

-- Down Migration
