-- Who settles, so that partitions are shared fairly. Liveness is judged by seq moving.
create table settle_workers (
  owner varchar(96) not null,
  seq bigint not null,
  started_at datetime(6) not null,
  primary key (owner)
);
