-- Up Migration

-- Who is duty officer from when to when. People at work, never a child: what is here decides who is told, and is of no record.
create table duty_rota (
  id           uuid primary key,
  team         text not null,                   -- who answers: the duty team, the out-of-hours team
  worker       text not null,                   -- sign-in name
  worker_name  text not null,
  starts_at    timestamptz not null,
  ends_at      timestamptz not null,            -- not on duty any more at that instant
  recorded_by  text not null,
  recorded_at  timestamptz not null,
  removed_by   text,                            -- taken off, or put right by another entry; it stays, as what was said
  removed_at   timestamptz,
  check (starts_at < ends_at)
);
create index duty_rota_ends on duty_rota (ends_at) where removed_at is null;
-- The same sent twice is the same.
create unique index duty_rota_once on duty_rota (worker, team, starts_at, ends_at) where removed_at is null;

-- Down Migration

drop table duty_rota;
