-- Up Migration

-- How often a message was found to have nothing to say while its child was still to be derived. No attempt: nothing was sent.
alter table webhook_deliveries add column waits integer not null default 0;

-- Down Migration

alter table webhook_deliveries drop column waits;
