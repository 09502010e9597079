-- The signed-root log. Rows are only ever inserted; hash covers the row and the one before it.
create table signed_roots (
  chain varchar(64) not null,
  seq bigint not null,
  lane varchar(8) not null,
  key_id varchar(64) not null,
  size int not null,
  root binary(32) not null,
  total bigint not null,
  order_digests varbinary(8192) not null,
  signed_at datetime(6) not null,
  previous_hash binary(32) not null,
  hash binary(32) not null,
  primary key (chain, seq),
  key signed_roots_by_root (root),
  key signed_roots_by_lane (lane, chain, total)
);
