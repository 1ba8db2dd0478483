-- Up Migration

-- What waits to be translated or is in hand, a row a message: a claim rewrites this small one, and a receipt is written twice in its
-- life, when its message comes and when it is closed (docs/adr/0029).
create table queue (
  seq         bigint primary key,                       -- the receipt's: order of arrival
  receipt     uuid not null,                            -- no foreign key: checking it would lock the receipt for every message
  weight      bigint not null,                          -- how much of a claim it takes up
  attempts    integer not null,                         -- how often it has been claimed, this time and all times before
  lease_until timestamptz                               -- by the database's own clock
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.5);

create function weight_in_queue(size integer, content_type text) returns bigint language sql immutable as $$
  -- A byte of CSV weighs more, since forty of them are a fact: CSV_WEIGHT in libs/kernel/intake.ts.
  select size::bigint * case when content_type ilike 'text/csv%' then 12 else 1 end
$$;

insert into queue (seq, receipt, weight, attempts)
select seq, id, weight_in_queue(size, content_type), attempts from receipts where status = 'received';

-- Whoever puts a message back, and why ever: it is in the queue from then on. What was kept is put there by whoever keeps it.
create function put_in_queue() returns trigger language plpgsql as $$
begin
  insert into queue (seq, receipt, weight, attempts)
  values (new.seq, new.id, weight_in_queue(new.size, new.content_type), new.attempts)
  on conflict (seq) do nothing;
  return null;
end $$;
create trigger receipts_put_back after update of status on receipts
  for each row when (new.status = 'received' and old.status <> 'received') execute function put_in_queue();

drop index receipts_work;
drop index receipts_waiting;
drop index receipts_held;
alter table receipts drop column lease_until;

-- What waits for a child or for a person. Closing changes `status`, and where no index looks at that, none is touched for the many
-- messages of which nothing waits.
alter table receipts add column waits_as text
  generated always as (case when status in ('held', 'quarantined', 'partly-recorded') then status end) stored;
create index receipts_waiting on receipts (seq) where waits_as is not null;
create index receipts_held on receipts (received_at) where waits_as = 'held';
-- Room in its own page for the row as it is closed, which is larger. After the column: what is there already is not spread out.
alter table receipts set (fillfactor = 45);

-- Down Migration
