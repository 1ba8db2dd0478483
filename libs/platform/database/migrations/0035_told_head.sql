-- Up Migration

-- How far notices stand in the queues of partners' systems: one row, so that a new notice costs its own endpoints and not all.
create table webhook_head (
  position    bigint not null,                  -- of the last notice that was raised and looked at
  recalled_at timestamptz not null              -- of the last that was taken back and looked at
);
insert into webhook_head (position, recalled_at)
select coalesce(min(enqueued_to), 0), now() - interval '90 days' from webhook_endpoints where state = 'active';

-- From now on: told of what was raised after this position, that is, since it was registered.
alter table webhook_endpoints rename column enqueued_to to registered_at_position;

-- Down Migration
