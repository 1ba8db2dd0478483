-- Up Migration

-- What the hub notices by itself: sources that stopped, and messages that may report a missing child and cannot be read.
-- And who on duty has taken what. Nothing here names a child: receipts, event ids, codes, sign-in names of staff.

-- One row: when the hub last looked, and up to where it has read the receipts. Its lock lets one instance look at a time.
create table watch (
  single     boolean primary key default true check (single),
  beat_at    timestamptz not null,
  seq_before bigint not null default 0,               -- read from here: what commits late has a lower seq than what is read
  seq_now    bigint not null default 0,
  day        date not null,                           -- in London
  day_seq    bigint not null default 0                -- receipts of that day have a higher seq
);

-- When no instance looked: what a source may have said then, or not, is not its silence.
create table hub_outages (
  began_at timestamptz primary key,
  ended_at timestamptz not null
);

create table sources_heard (
  system   text not null,
  format   text not null,
  heard_at timestamptz not null,
  primary key (system, format)
);

-- A source that was expected and did not come: when, until when, and what it had last said. Kept when it has ended.
create table silences (
  id         bigint generated always as identity primary key,
  system     text not null,
  format     text not null,                           -- '' for any
  heard_at   timestamptz not null,                    -- last heard before it
  began_at   timestamptz not null,                    -- when it was overdue
  noticed_at timestamptz not null,
  ended_at   timestamptz
);
create unique index silences_open on silences (system, format) where ended_at is null;
create index silences_began on silences (began_at);

-- Held and quarantined messages that have been looked at for signs of a missing child, once each.
create table weighed_messages (
  receipt uuid primary key references receipts (id)
);

-- Those that have such a sign: a person has to know within minutes, whoever the child is.
create table urgent_messages (
  receipt      uuid primary key references receipts (id),
  sign         text not null,                         -- type, words, unreadable
  raised_at    timestamptz not null,
  escalated_at timestamptz,                           -- nobody had taken it in time
  ended_at     timestamptz,                           -- it was recorded, closed or withdrawn after all
  ended_as     text
);
create index urgent_messages_open on urgent_messages (raised_at) where ended_at is null;

-- Who has an item of the duty sheet now. What was done to it, by whom and when, is in `duty_actions`.
create table duty_items (
  item       text primary key,
  owner      text not null,
  owner_name text not null,
  since      timestamptz not null,
  done_at    timestamptz
);

create table duty_actions (
  id             bigint generated always as identity primary key,
  at             timestamptz not null,
  item           text not null,
  action         text not null check (action in ('take', 'hand-over', 'done')),
  who            text not null,
  to_whom        text,
  correlation_id uuid not null
);
create index duty_actions_item on duty_actions (item, id);

-- Staff who have opened the duty sheet: whom work can be handed over to.
create table duty_staff (
  who     text primary key,
  name    text not null,
  seen_at timestamptz not null
);

-- Down Migration

drop table duty_staff, duty_actions, duty_items, urgent_messages, weighed_messages, silences, sources_heard, hub_outages, watch;
