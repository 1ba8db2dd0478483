-- Up Migration

-- Each row of the audit carries a keyed hash over itself and the hash of the row before it. Rows are numbered by the chain,
-- under the lock of its head, so that an order cannot be made up afterwards. Rows from before have none until the first
-- start with the keys at hand (ADR 12).
alter table audit alter column id drop identity;
alter table audit add column hash bytea;

create table audit_head (
  single boolean primary key default true check (single),
  id     bigint not null,    -- of the last row; 0: none yet
  hash   bytea not null      -- of the last row; empty: none yet, or none chained yet
);
insert into audit_head (id, hash) select coalesce(max(id), 0), '' from audit;

-- The audit page: newest first, by child, by person, by purpose, by day.
create index audit_at on audit (at, id);
create index audit_child_at on audit (child, at, id);
create index audit_who_at on audit (who, at, id);
create index audit_purpose_at on audit (purpose, at, id);
create index audit_not_found on audit (at, id) where outcome = 'not-found';
drop index audit_child;
drop index audit_who;

-- Down Migration
