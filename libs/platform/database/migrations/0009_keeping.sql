-- Up Migration

-- Backups carry every table, except those that are made anew: their comment begins so (apps/ops/backup/tables.ts).
comment on table projections is 'made anew: read models are rebuilt from the log after a restore';
comment on table projection_parked is 'made anew: a rebuild tries these events again';
comment on table sessions is 'made anew: after a restore people sign in again';

-- Down Migration
