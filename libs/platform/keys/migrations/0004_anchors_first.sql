-- Up Migration

-- A backup takes the keys after the data, but an anchor must not be ahead of the chain it holds (apps/ops/backup/tables.ts).
comment on table anchors is 'taken first: in a backup, how far a chain had come before the data were copied';

-- Down Migration
