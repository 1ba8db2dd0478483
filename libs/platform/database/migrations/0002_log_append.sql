-- Up Migration

-- One flush of the event log: many requests, each an append to one stream, in the order given. Returns a row per
-- request, in that order. A request whose expectation does not hold is refused alone; the others are written.
--
-- Taking the head's row first makes every flush of every process wait for the one before, until its commit: so
-- positions are dense and become visible in order, and a reader needs nothing but `position > $1 order by position`.
create function log_append(
  streams          uuid[],     -- the distinct streams of this flush
  request_stream   integer[],  -- per request: which of them (from 1)
  request_expected integer[],  -- last revision seen; -1: no stream yet; -2: any
  request_first    integer[],  -- its first event (from 1)
  request_size     integer[],  -- how many events, one after the other
  event_request    integer[],  -- per event: its request
  event_id         uuid[],
  event_type       text[],
  event_meta       json[],
  event_data       bytea[]
) returns table (
  outcome    text,             -- 'written', 'repeated' or 'refused'
  revision   integer,          -- of its last event; refused: where the stream was, -1 when it did not exist
  "position" bigint            -- of its last event
)
language plpgsql
-- Planned once, while the tables are still empty: a scan would look cheap then, and stay.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  requests constant integer := cardinality(request_stream);
  events   constant integer := cardinality(event_id);
  head     bigint;       -- last position before this flush
  instant  timestamptz;
  reached  integer[];    -- per stream: its last revision, -1 when there is none
  met      integer[] := array_fill(-1, array[requests]);        -- per request: where it found its stream
  starts   integer[] := array_fill(-1, array[requests]);        -- revision of its first event; -1: refused
  ends     bigint[] := array_fill(0::bigint, array[requests]);  -- position of its last event
  written  integer := 0;
  slot     integer;
begin
  update log_head h
    set position = h.position + events,
        recorded_at = greatest(date_trunc('milliseconds', clock_timestamp()), h.recorded_at)
    returning h.position - events, h.recorded_at into head, instant;

  -- Streams have no row of their own to keep in step: the end of the index on (stream, revision) says where one
  -- stands, and the head's lock keeps it there. (A row per stream was measured: a fifth more work per append.)
  select array_agg(coalesce(
           (select e.revision from log_events e where e.stream = given.stream order by e.revision desc limit 1), -1
         ) order by given.n)
    into reached from unnest(streams) with ordinality as given (stream, n);

  -- In memory: two requests for one stream must see each other, and a query for each would cost more than the insert.
  for request in 1 .. requests loop
    slot := request_stream[request];
    met[request] := reached[slot];
    if request_expected[request] = -2 or request_expected[request] = reached[slot] then
      starts[request] := reached[slot] + 1;
      reached[slot] := reached[slot] + request_size[request];
      written := written + request_size[request];
      ends[request] := head + written;
    end if;
  end loop;

  insert into log_events (position, stream, revision, id, type, meta, data, recorded_at)
    select ends[e.request] - request_size[e.request] + 1 + (e.n - request_first[e.request]),
           streams[request_stream[e.request]],
           starts[e.request] + (e.n - request_first[e.request])::integer,
           e.id, e.type, e.meta, e.data, instant
    from unnest(event_request, event_id, event_type, event_meta, event_data)
      with ordinality as e (request, id, type, meta, data, n)
    where starts[e.request] >= 0;

  if written = events then
    return query select 'written', r.start + r.size - 1, r.last
      from unnest(starts, request_size, ends) with ordinality as r (start, size, last, n) order by r.n;
    return;
  end if;

  update log_head h set position = head + written;
  -- Refused, unless these very events already stand where the request wanted them: then it is one sent again.
  return query
    select case when r.start >= 0 then 'written' when repeated.last is not null then 'repeated' else 'refused' end,
           case when r.start >= 0 then r.start + r.size - 1
                when repeated.last is not null then r.expected + r.size
                else r.met end,
           case when r.start >= 0 then r.last else coalesce(repeated.last, 0) end
    from unnest(starts, request_stream, request_expected, request_first, request_size, ends, met)
      with ordinality as r (start, stream, expected, first, size, last, met, n)
    left join lateral (
      select max(e.position) as last from log_events e
      where r.start < 0 and r.expected >= -1 and e.stream = streams[r.stream]
        and e.revision between r.expected + 1 and r.expected + r.size
      having array_agg(e.id order by e.revision) = event_id[r.first : r.first + r.size - 1]
    ) as repeated on true
    order by r.n;
end
$$;

-- Down Migration
