-- The accept log while the queue engine is switched off: read by every look-up, filled later.
create table inbox (
  act_id bigint not null,
  order_no varchar(96) not null,
  lease_id bigint not null,
  partition_no smallint not null,
  fingerprint binary(32) not null,
  record varbinary(4096) not null,
  created_at datetime(6) not null,
  primary key (act_id, order_no, fingerprint, lease_id)
);
