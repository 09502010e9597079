-- What of `booked` is PARKED or RETRYING, or a conflict that nobody has resolved: so that a budget's
-- figures are sums over its leases, whatever the number of its orders.
alter table lease_booked add column parked bigint not null default 0;
