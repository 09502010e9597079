-- Reconciliation adds what refused things were counted for to what a lease's orders are.
create index by_lease on grants (lease_id, partition_no, state, units);
