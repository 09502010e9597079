-- A digest of what the level did when it was asked for; of rows from before, nothing.
alter table level_changes add column meaning varchar(16) not null default '';
