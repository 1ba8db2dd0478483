-- Up Migration

-- What became of a notice with its readers. Opaque ids only: which child it is about stands in the read model, which goes
-- with the child.

-- The first time a notice stood before somebody: an interruption, and why they are told when it is taken back.
create table notice_shown (
  notice  uuid not null,
  who     text not null,                        -- sign-in name
  agency  text not null,
  urgency text not null,
  at      timestamptz not null,
  primary key (notice, who, agency)
);
create index notice_shown_day on notice_shown (agency, at);

-- Who said that they have it. The first counts for everybody it was told to.
create table notice_acknowledged (
  notice         uuid not null,
  who            text not null,
  agency         text not null,
  name           text not null,
  role           text not null,                 -- in which they were told
  at             timestamptz not null,
  correlation_id uuid not null,
  primary key (notice, who, agency)
);

-- Who reads an inbox, in which role and for which place: a notice to a role that nobody has goes to the duty inbox.
create table notice_readers (
  who     text not null,
  agency  text not null,
  role    text not null,
  place   text not null,                        -- '': of the area that the hub serves
  name    text not null,
  seen_at timestamptz not null,
  primary key (agency, role, place, who)
);

-- Down Migration
