-- Up Migration

-- `log_append`, answered in one row for the whole flush instead of one for each request. It also says when the flush was recorded:
-- so the process that asks knows all that stands in the log of its events, and its followers need not read them back.
-- `log_append` itself stays for processes of an older version that run beside.
create function log_append_flush(
  streams          uuid[],
  request_stream   integer[],
  request_expected integer[],
  request_first    integer[],
  request_size     integer[],
  event_request    integer[],
  event_id         uuid[],
  event_type       text[],
  event_meta       json[],
  event_data       bytea[],
  out outcomes     json,             -- per request, in their order: what `log_append` answers
  out revisions    json,
  out positions    json,
  out recorded_at  timestamptz       -- of every event this flush wrote
)
language plpgsql
as $$
#variable_conflict use_column
begin
  select json_agg(a.outcome order by a.n), json_agg(a.revision order by a.n), json_agg(a.position order by a.n)
    into outcomes, revisions, positions
    from log_append(streams, request_stream, request_expected, request_first, request_size,
                    event_request, event_id, event_type, event_meta, event_data)
      with ordinality as a (outcome, revision, position, n);
  -- A statement of its own: it begins when the head is locked, so it sees this flush's instant.
  select h.recorded_at into recorded_at from log_head h;
end
$$;

-- Down Migration
