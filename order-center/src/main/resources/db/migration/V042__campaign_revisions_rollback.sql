-- The revision whose document this one repeats, where it was made by a rollback.
alter table campaign_revisions add column rollback_of bigint null;
