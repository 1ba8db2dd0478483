-- Up Migration

-- Somebody opened what is withheld from them of one child, in an emergency, for a while. Stays, as the audit does; the reason
-- and the comment are sealed under a key of their own, which goes when the child is erased.
create table break_glass (
  id          uuid primary key,
  child       uuid not null references children (id),
  who         text not null,                     -- sign-in name
  agency      text not null,
  roles       text[] not null,
  purpose     text not null,                     -- from which it was asked for
  began_at    timestamptz not null,
  ends_at     timestamptz not null,
  ended_at    timestamptz,                       -- ended early: by them, by its review, by an erasure
  key_id      uuid not null,
  reason      bytea not null,
  reviewed_at timestamptz,
  reviewed_by text,                              -- never who broke the glass
  verdict     text check (verdict in ('justified', 'not-justified', 'follow-up')),
  comment     bytea,
  check ((reviewed_at is null) = (verdict is null))
);
create index break_glass_live on break_glass (child, who, agency, ends_at) where ended_at is null;
create index break_glass_unreviewed on break_glass (began_at) where reviewed_at is null;
create index break_glass_reviewed on break_glass (reviewed_at) where reviewed_at is not null;

-- Down Migration
