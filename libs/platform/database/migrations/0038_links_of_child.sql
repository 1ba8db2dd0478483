-- Up Migration

-- Whose a child's records are now. Without statistics, as in a hub's first hours, the planner took the index of all live links and read
-- it whole for each child: every child costs as much as there are.
create index links_live_child on links (child) where known_to = 'infinity';

-- Down Migration
