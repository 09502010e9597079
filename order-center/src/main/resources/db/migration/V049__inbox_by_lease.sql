-- A lease is fenced in a partition when no row of it is left there.
create index by_lease on inbox (lease_id, partition_no);
