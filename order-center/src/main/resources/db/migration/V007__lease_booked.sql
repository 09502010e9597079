-- Inserted with the lease, one row a partition. booked (parked included) never falls.
create table lease_booked (
  lease_id bigint not null,
  partition_no smallint not null,
  booked bigint not null default 0,
  queue_end bigint null,
  fenced boolean not null default false,
  seq bigint not null default 0,
  primary key (lease_id, partition_no)
);
