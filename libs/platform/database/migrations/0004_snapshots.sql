-- Up Migration

-- Snapshots of a source's record that messages have stated, each whole. What they changed follows from all that stand, in
-- the order of the source's time (docs/adr/0008).
create table snapshots (
  record      uuid not null references records (stream) on delete cascade,
  type        text not null,                            -- canonical type: snapshots of one type are compared
  observed_at timestamptz not null,                     -- the source's time
  receipt     uuid not null,
  stated_at   timestamptz not null,                     -- when the source said so: of two for one time the later counts
  handling    text not null,                            -- as its publisher stated, '' when it did not: what follows has it too
  sealed      bytea not null,                           -- under the record's key: canonical bytes
  retracted   boolean not null default false,           -- this receipt no longer says so
  primary key (record, type, observed_at, receipt)
);
create index snapshots_receipt on snapshots (receipt);

-- A statement that no message makes: it follows from a snapshot of this type, and from those before it.
alter table statements add column derived_from text;
create index statements_derived on statements (stream, derived_from, stated_at) where derived_from is not null;

-- A record of whom its source says nothing but a number, which is also its key: it cannot be a second person of that number.
alter table records add column by_number boolean not null default false;

-- Down Migration
