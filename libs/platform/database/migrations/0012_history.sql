-- Up Migration

-- Said by its door, not by its content: old facts that are brought late. Beside the sealed attributes, because what is
-- derived from a message, and what is raised for want of one, asks without opening it.
alter table receipts add column history boolean not null default false;

-- Down Migration
