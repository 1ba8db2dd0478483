-- Up Migration

-- Children nobody has identified, of whom something has been told: whom it may concern depends on others that are like them.
create index children_unsure on children (id) where provisional and key_id is not null;

-- Asks for these children, and for those unsure ones that share a day of birth with one of these records.
create function react_to(asked uuid[], resembled uuid[]) returns void language sql as $$
  insert into reactions (child, due_at)
  select child, '-infinity'::timestamptz from (
    select unnest(asked) as child
    union
    select l.child
    from records r
    join records o on o.birth_hash = r.birth_hash and o.stream <> r.stream
    join links l on l.record = o.stream and l.known_to = 'infinity'
    join children c on c.id = l.child and c.provisional and c.key_id is not null and c.erased_at is null
    where r.stream = any(resembled)
  ) c
  order by child
  on conflict (child) do update set due_at = '-infinity', wanted = reactions.wanted + 1;
$$;

-- A record that goes from one child to another changes what is true of both, and whom others may be.
create or replace function react_to_links() returns trigger language plpgsql as $$
begin
  perform react_to(
    array(
      select n.child from moved n where exists (select from links l where l.record = n.record and l.id <> n.id)
      union
      select l.child from moved n join links l on l.record = n.record and l.child <> n.child
    ),
    array(select record from moved));
  return null;
end $$;

-- So does a day of birth that is learned or corrected,
create function react_to_birth() returns trigger language plpgsql as $$
begin
  perform react_to(array(select child from links where record = new.stream and known_to = 'infinity'), array[new.stream]);
  return null;
end $$;
create trigger records_react after update of birth_hash on records
  for each row when (old.birth_hash is distinct from new.birth_hash) execute function react_to_birth();

-- and that somebody comes to be known, or no longer is.
create function react_to_knowing() returns trigger language plpgsql as $$
begin
  perform react_to(array[new.id], array(select record from links where child = new.id and known_to = 'infinity'));
  return null;
end $$;
create trigger children_react after update of provisional on children
  for each row when (old.provisional <> new.provisional and new.erased_at is null) execute function react_to_knowing();

-- Down Migration
