-- Up Migration

-- How far a chain in the hub's database had come, kept apart from it: whoever can write there alone cannot shorten it.
create table anchors (
  name     text primary key,
  position bigint not null,
  hash     bytea not null
);

-- Down Migration
