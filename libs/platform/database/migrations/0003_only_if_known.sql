-- Up Migration

-- Nothing the source has said of this record shows that it is about a child: it belongs to a child the hub knows, or to
-- nobody. It never makes a child of its own (ADR 7).
alter table records add column only_if_known boolean not null default false;
create index records_only_if_known on records (created_at) where only_if_known;

-- What is held for want of a known child, by age: destroyed when its time is over.
create index receipts_held on receipts (received_at) where status = 'held';

-- Down Migration

drop index receipts_held;
drop index records_only_if_known;
alter table records drop column only_if_known;
