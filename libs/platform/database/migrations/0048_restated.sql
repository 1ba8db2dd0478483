-- Up Migration

-- How often what the record's source says of its person was made anew from what stands: who had written something of the person that
-- was not stated yet knows by it that this is forgotten.
alter table records add column restated integer not null default 0;

-- Down Migration
