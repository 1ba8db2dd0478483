-- Up Migration

-- What somebody has taken, and what was cleared today, stands on a sheet that lists only the first of many.
create index duty_items_owner on duty_items (owner) where done_at is null;
create index duty_items_done on duty_items (done_at) where done_at is not null;

-- Down Migration

drop index duty_items_owner, duty_items_done;
