-- Up Migration

-- A meeting of agencies about children. What it says of a child is a fact of the child's, in the log: nothing here is about one.
create table meetings (
  id          uuid primary key,
  forum       text not null,
  held_on     date not null,
  convened_by text not null,                     -- sign-in name
  created_at  timestamptz not null,
  held_at     timestamptz,                       -- closed: its list stays as it was
  unique (forum, held_on)
);

-- Who came. People at work, never a child or a family.
create table meeting_attendance (
  meeting uuid not null references meetings (id),
  agency  text not null,
  role    text not null,
  name    text not null,
  primary key (meeting, agency, role)
);

-- Who was on the list of a meeting that has been held, and why: a code, and hashes of facts. Goes with the child.
create table meeting_children (
  meeting uuid not null references meetings (id),
  child   uuid not null references children (id),
  why     text not null,
  causes  text[] not null,
  primary key (meeting, child, why)
);
create index meeting_children_child on meeting_children (child);

-- Down Migration
