-- Up Migration

-- Every agency has its own duty sheet: work is handed over within it, and where it has areas, within one of them.
alter table duty_staff add column desk text not null default 'yos';
create index duty_staff_desk on duty_staff (desk, seen_at);

-- Down Migration

drop index duty_staff_desk;
alter table duty_staff drop column desk;
