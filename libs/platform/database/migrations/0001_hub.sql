-- Up Migration

-- Everything that could name a child is sealed under a key kept in another database (`sealed`, `person`, `source_key`)
-- or kept as a keyed hash (`*_hash`, `fact`, `scope`, `content`). Nothing in this database is readable without that one.

-- ── receive ────────────────────────────────────────────────────────────────────────────────────────────────────────
create table receipts (
  id           uuid primary key,
  seq          bigint generated always as identity,   -- order of arrival: claims and cursors go by it
  system       text not null,
  agency       text not null,
  message_hash bytea not null,                        -- keyed hash of (system, the source's own message id)
  content_hash bytea not null,                        -- keyed hash of the content, compared canonically (RFC 8785)
  sha256       bytea not null,                        -- of the raw bytes; overwritten with '' when erased
  size         integer not null,
  format       text not null,                         -- CloudEvents type, Hub-Format, or ''
  content_type text not null,
  correlation  uuid not null,
  key_id       uuid not null,
  received_at  timestamptz not null,
  status       text not null default 'received',
  shown_status text not null default 'received',      -- as its publisher may see it: never says whether a child was known
  outcomes     jsonb not null default '[]',           -- codes, pointers and event ids: no personal data
  attempts     integer not null default 0,
  lease_until  timestamptz,
  closed_at    timestamptz,
  unique (system, message_hash)
) with (fillfactor = 60);                             -- a claim rewrites the row: in its own page it touches no index

-- The message of a receipt, attributes and raw bytes: apart, because claiming and closing rewrite a receipt's row whole.
create table messages (
  receipt uuid primary key,
  sealed  bytea not null
);
alter table messages alter column sealed set storage external;  -- sealed bytes do not compress: do not try

create index receipts_work on receipts (seq) where status = 'received';
create index receipts_waiting on receipts (seq) where status in ('held', 'quarantined', 'partly-recorded');
create index receipts_of_system on receipts (system, seq);

-- What an operator did about a quarantined or held message, and why.
create table receipt_actions (
  id      bigint generated always as identity primary key,
  receipt uuid not null references receipts (id),
  action  text not null,
  reason  text not null,
  who     text not null,
  at      timestamptz not null default clock_timestamp()
);

-- A held message waits for a record or an identifier to become known to the hub: then it is tried again.
create table waiting (
  awaited bytea not null,                             -- keyed hash of a record's key or of an identifier
  receipt uuid not null references receipts (id),
  primary key (awaited, receipt)
);
create index waiting_receipt on waiting (receipt);

-- What publishers have taken back, by the keyed hash of their message id: it may come before the message itself.
create table retractions (
  system       text not null,
  message_hash bytea not null,
  receipt      uuid not null references receipts (id), -- of the retraction: the reason is in there
  primary key (system, message_hash)
);

-- ── event log (PostgreSQL engine) ──────────────────────────────────────────────────────────────────────────────────
-- One counter row: taken by every flush, so positions are dense and in commit order, and recorded_at never goes back.
create table log_head (
  single      boolean primary key default true check (single),
  position    bigint not null,
  recorded_at timestamptz not null
);
insert into log_head values (true, 0, '-infinity');

create table log_events (
  position    bigint primary key,
  stream      uuid not null,
  revision    integer not null,
  id          uuid not null,
  type        text not null,
  meta        json not null,      -- json, not jsonb: written once and read whole
  data        bytea not null,
  recorded_at timestamptz not null,
  unique (stream, revision)
);
alter table log_events alter column data set storage external;

-- ── identify ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- The lookup from a source's own record to its opaque stream. Erased with the child.
create table records (
  stream           uuid primary key,
  system           text not null,
  agency           text not null,
  key_hash         bytea not null,
  key_id           uuid not null,
  source_key       bytea not null,                      -- sealed: the source's own key for the record
  person           bytea,                               -- sealed: names and birth date, each as this source last stated it
  person_stated_at timestamptz,                         -- newest statement in it
  person_hash      bytea,                               -- keyed hash of what was said last: the same again is not written
  birth_hash       bytea,                               -- keyed hash of the birth date: compared, never read
  created_at       timestamptz not null,
  unique (system, key_hash)
);

-- What the messages about a record have said of its person, each different saying once. What stands of it is merged into
-- `records.person` and `claims`, and merged anew when a message is taken back or read otherwise.
create table persons_said (
  record      uuid not null references records (stream) on delete cascade,
  person_hash bytea not null,
  person      bytea not null,                           -- sealed: names, birth date, identifiers
  primary key (record, person_hash)
);

-- Identifiers a record claims, as keyed hashes.
create table claims (
  record     uuid not null references records (stream) on delete cascade,
  kind       text not null,
  value_hash bytea not null,
  stated_at  timestamptz not null,                      -- last time the source stated it
  primary key (record, kind, value_hash)
);
create index claims_value on claims (kind, value_hash);

-- Blind index of name prefixes, so that staff can search without a readable name in the database.
create table name_index (
  token  bytea not null,
  record uuid not null,                               -- no foreign key: checked twenty times a record, it was half the cost
  primary key (token, record)
);
create index name_index_record on name_index (record);

create table children (
  id          uuid primary key,
  provisional boolean not null,
  created_at  timestamptz not null,
  erased_at   timestamptz
);

-- Bitemporal: which child a record belongs to, from when to when (valid), as known from when to when (known).
create table links (
  id          uuid primary key,
  record      uuid not null,
  child       uuid not null references children (id),
  method      text not null check (method in ('exact', 'own', 'manual', 'apart')),
  valid_from  timestamptz not null default '-infinity',
  valid_to    timestamptz not null default 'infinity',
  known_from  timestamptz not null,
  known_to    timestamptz not null default 'infinity',
  reason      text not null,
  who         text not null
);
create unique index links_live on links (record, valid_from) where known_to = 'infinity';
create index links_record on links (record);
create index links_child on links (child);

-- What was erased, so that nothing brings it back: streams stay in the log, unreadable.
create table erasures (
  id         uuid primary key,
  child      uuid not null,
  reason     text not null,
  who        text not null,
  at         timestamptz not null,
  streams    uuid[] not null,
  receipts   uuid[] not null,
  done_at    timestamptz
);

-- ── record ─────────────────────────────────────────────────────────────────────────────────────────────────────────
-- The fact index: every statement of every fact, whether it led to an event or not. What is current follows from these.
create table statements (
  fact      bytea not null,
  receipt   uuid not null,
  stream    uuid not null,
  scope     bytea,
  stated_at timestamptz not null,
  content   bytea not null,
  person    bytea,                                      -- which of `persons_said` the message said
  retracted boolean not null default false,             -- this receipt no longer says so
  primary key (fact, receipt)
);
create index statements_receipt on statements (receipt);
create index statements_scope on statements (scope) where scope is not null;
create index statements_stream on statements (stream);

-- "Everything there is in this scope, as of then": what a receipt covered.
create table covers (
  scope     bytea not null,
  receipt   uuid not null,
  stated_at timestamptz not null,
  retracted boolean not null default false,
  primary key (scope, receipt)
);
create index covers_receipt on covers (receipt);

-- ── show ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- One row per projection build. `live` is the one readers see; another may be building beside it.
create table projections (
  name       text not null,
  build      integer not null,
  version    integer not null,
  live       boolean not null,
  position   bigint,                                    -- last position whose rows are committed
  total      bigint,                                    -- head when the rebuild began
  updated_at timestamptz not null default clock_timestamp(),
  primary key (name, build)
);
create unique index projections_live on projections (name) where live;

-- Events a projection could not turn into rows: parked, counted, retried by a rebuild.
create table projection_parked (
  name     text not null,
  build    integer not null,
  position bigint not null,
  event    uuid not null,
  error    text not null,
  at       timestamptz not null default clock_timestamp(),
  primary key (name, build, position)
);

-- Every look and disclosure: who, when, why, at whom, and what came of it. Written before the answer leaves.
create table audit (
  id             bigint generated always as identity primary key,
  at             timestamptz not null,
  who            text not null,
  agency         text not null,
  roles          text[] not null,
  purpose        text not null,
  what           text not null,                         -- the operation, e.g. "timeline.read"
  child          uuid,
  outcome        text not null,                         -- "shown", "not-found"
  details        jsonb not null,                        -- counts and filters; no content, no name
  correlation_id uuid not null
);
create index audit_child on audit (child, at);
create index audit_who on audit (who, at);

-- Portal sessions: the cookie carries only a random id, kept here as a hash.
create table sessions (
  id_hash    bytea primary key,
  data       bytea not null,
  expires_at timestamptz not null
);

-- Down Migration
