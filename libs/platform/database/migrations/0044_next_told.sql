-- Up Migration

-- What waits for one endpoint, the most urgent first: the next few are found without reading all that waits.
create index webhook_deliveries_next on webhook_deliveries
  (endpoint, (case urgency when 'urgent' then 0 when 'ordinary' then 1 else 2 end), seq) where state = 'pending';

-- Whom a notice is told to.
create index webhook_endpoints_told on webhook_endpoints (agency, place) where state = 'active';

-- Down Migration

drop index webhook_endpoints_told;
drop index webhook_deliveries_next;
