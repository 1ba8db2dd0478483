-- Up Migration

-- How a record's person is called, as short keyed hashes: a number that a twin's record claims as well joins nobody across names.
-- Of records from before nothing is known until their source says something new of the person, and so nothing is contradicted.
alter table records
  add column given_called bytea,                        -- eight bytes of each hash, one after the other
  add column given_forms  bytea;

-- Down Migration
