-- Up Migration

-- Whom a provisional child may be: those born on the same day.
create index records_birth on records (birth_hash) where birth_hash is not null;

-- What the hub itself derives of a child (duties, notices) goes into a stream of the child's own, sealed under this key.
alter table children add column key_id uuid;

-- Children to be derived anew, and when: at once because something changed, or at the next instant at which the answer does.
-- The engine's own, and no read model: nothing rebuilds it, so no clock is ever read from a table half built.
create table reactions (
  child       uuid primary key references children (id),
  due_at      timestamptz not null,
  wanted      bigint not null default 1,               -- counts what asked for it: what comes while one is in hand is not lost
  lease_until timestamptz,                             -- by the database's own clock
  derived_at  timestamptz                              -- as of when it was last derived: a clock that steps back derives as of then
) with (fillfactor = 70);
create index reactions_due on reactions (due_at);

-- How far the log has been looked through for facts that capabilities read, and with which capabilities and rules.
create table reaction_progress (
  single   boolean primary key default true check (single),
  position bigint,
  version  text not null default ''
);
insert into reaction_progress default values;

-- Where a child stands on boards: derived, and made anew with everything else.
create table board_places (
  child      uuid not null references children (id),
  capability text not null,
  board      text not null,
  cause      text not null,
  at         timestamptz not null,
  primary key (board, child, capability, cause)
);
create index board_places_child on board_places (child);

-- A record that goes from one child to another changes what is true of both.
create function react_to_links() returns trigger language plpgsql as $$
begin
  insert into reactions (child, due_at)
  select distinct child, '-infinity'::timestamptz from (
    select n.child from moved n where exists (select from links l where l.record = n.record and l.id <> n.id)
    union
    select l.child from moved n join links l on l.record = n.record and l.child <> n.child
  ) c
  order by child
  on conflict (child) do update set due_at = '-infinity', wanted = reactions.wanted + 1;
  return null;
end $$;
create trigger links_react after insert on links referencing new table as moved
  for each statement execute function react_to_links();

comment on table reactions is 'made anew: every child is derived again';
comment on table reaction_progress is 'made anew: the log is looked through again';
comment on table board_places is 'made anew: every child is derived again';

-- Down Migration
