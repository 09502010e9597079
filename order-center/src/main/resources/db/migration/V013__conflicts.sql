-- A later record of a number that is already an order, with another fingerprint or a better
-- outcome (A5): counted as parked, shown as an entry of its own, resolved by an operator.
-- state: 4 PARKED, 9 DISCARDED, 8 PAID. outcome is the SHA-256 of what was promised.
create table conflicts (
  act_id bigint not null,
  order_no varchar(96) not null,
  fingerprint binary(32) not null,
  outcome binary(32) not null,
  reason varchar(32) not null,
  activity_id varchar(32) not null,
  given_type smallint not null,
  title varchar(128) not null,
  amount_fen bigint not null,
  budget_id varchar(64) not null,
  counted_lease_id bigint not null,
  partition_no smallint not null,
  record varbinary(4096) not null,
  state tinyint not null,
  accepted_at datetime(6) not null,
  created_at datetime(6) not null,
  seq bigint not null default 0,
  primary key (act_id, order_no, fingerprint, outcome)
);
