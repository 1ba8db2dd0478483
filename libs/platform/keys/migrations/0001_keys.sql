-- Up Migration

-- The hub's own secret: keyed hashes (fact keys, lookups, event ids) are made with it. Wrapped by the master key.
create table hub_secret (
  single  boolean primary key default true check (single),
  wrapped bytea not null
);

-- One key per record or receipt, wrapped by the master key. Deleting the row erases what it sealed.
create table data_keys (
  id      uuid primary key,
  wrapped bytea not null
);

-- Down Migration
