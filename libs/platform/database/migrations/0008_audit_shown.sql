-- Up Migration

-- Ids of the events whose content a look showed in full: what somebody had been shown by a day is answered from here.
alter table audit add column shown uuid[] not null default '{}';

-- Down Migration
