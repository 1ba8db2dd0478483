-- Up Migration

-- Where a partner's system is told. The address and its signing secrets are sealed; nothing here names a child.
create table webhook_endpoints (
  id            uuid primary key,
  system        text not null,
  agency        text not null,
  place         text not null,                  -- '': every place of the agency
  purpose       text not null,                  -- for which it is told
  sealed        bytea not null,
  state         text not null default 'active' check (state in ('active', 'gone', 'deleted')),
  created_at    timestamptz not null,
  enqueued_to   bigint not null,                -- position up to which notices stand in its queue
  failures      integer not null default 0,
  failing_since timestamptz,
  due_at        timestamptz not null default '-infinity',
  lease         uuid,
  lease_until   timestamptz                     -- by the database's own clock
);
create index webhook_endpoints_system on webhook_endpoints (system);

create table webhook_deliveries (
  seq          bigint generated always as identity primary key,
  endpoint     uuid not null references webhook_endpoints (id),
  notice       uuid not null,
  event        text not null check (event in ('raised', 'recalled', 'test')),
  thread       uuid not null,
  urgency      text not null,
  state        text not null default 'pending' check (state in ('pending', 'delivered', 'dropped', 'given-up')),
  attempts     integer not null default 0,
  created_at   timestamptz not null,
  first_at     timestamptz,
  due_at       timestamptz not null,
  settled_at   timestamptz,
  unique (endpoint, notice, event)
);
create index webhook_deliveries_pending on webhook_deliveries (endpoint, thread, seq) where state = 'pending';
create index webhook_deliveries_due on webhook_deliveries (endpoint, due_at) where state = 'pending';
create index webhook_deliveries_notice on webhook_deliveries (notice);

-- Down Migration
