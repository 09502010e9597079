-- Reconciliation follows what has ended, vendor by vendor.
create index by_end on grants (downstream, ended_at);
