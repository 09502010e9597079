-- A partition's owner drains its oldest rows.
create index by_partition on inbox (partition_no, created_at);
