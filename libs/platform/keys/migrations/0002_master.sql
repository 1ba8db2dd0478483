-- Up Migration

-- Which master key wraps a key, by its fingerprint: a rotation goes by it, and can be broken off and gone on with.
-- Null: from before this column; a rotation rewraps those too.
alter table data_keys add column master text;
alter table hub_secret add column master text;

-- Down Migration
