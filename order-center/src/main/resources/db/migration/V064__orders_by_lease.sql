-- What a lease counts is the sum of its orders' units: read from the index alone.
create index by_lease on orders (counted_lease_id, partition_no, given_type, amount_fen);
