-- Up Migration

-- Who saw a child in a list: a board, the duties, a caseload, today's sheet. One look, with all its children in its details.
create index audit_children on audit using gin ((details -> 'children')) where child is null;

-- Down Migration

drop index audit_children;
