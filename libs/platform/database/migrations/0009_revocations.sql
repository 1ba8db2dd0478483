-- Up Migration

-- What was done about the credentials of partners' systems and of people, why and by whom. The last row of a subject says
-- how it stands; no row is ever changed.
create table credential_actions (
  id      bigint generated always as identity primary key,
  kind    text not null check (kind in ('system', 'person')),
  subject text not null,                                -- the system's name, or a sign-in name
  action  text not null check (action in ('revoked', 'restored')),
  reason  text not null,
  who     text not null,
  at      timestamptz not null default clock_timestamp()
);
create index credential_actions_subject on credential_actions (kind, subject, id desc);

-- Down Migration
