-- Up Migration

-- When a message may first have reached its receiver. Kept through every replay: a mistake is taken back from whom it may have
-- reached, and from nobody else, for that there was something would tell them of it.
alter table webhook_deliveries add column left_at timestamptz;
update webhook_deliveries set left_at = first_at
 where state in ('delivered', 'given-up') or (state = 'pending' and attempts > 0);

-- It failed or took long the last time: such endpoints wait for each other, and nobody else waits for them.
alter table webhook_endpoints add column slow boolean not null default false;

create index webhook_deliveries_age on webhook_deliveries (created_at);

-- Down Migration
