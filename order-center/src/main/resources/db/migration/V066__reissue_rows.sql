-- One row a payment, told apart by its number; its state changes in the transaction that books its
-- order. Rows without a reissue belong to a stream that broke. requested_fen: what the caller of
-- the order had asked for; entitled: the row is a new entitlement, its order is known to nobody.
create table reissue_rows (
  reissue_id varchar(29) not null,
  row_no int not null,
  act_id bigint not null,
  order_no varchar(96) not null,
  entitled boolean not null,
  child_activity_id varchar(32) not null,
  given_type smallint not null,
  reward_id varchar(64) not null,
  title varchar(128) not null,
  budget_id varchar(64) not null,
  amount_fen bigint not null,
  requested_fen bigint not null,
  state tinyint not null,
  note varchar(200) not null,
  booked_at datetime(6) null,
  seq bigint not null default 0,
  primary key (reissue_id, row_no),
  unique key order_once (reissue_id, order_no),
  key by_state (reissue_id, state, row_no)
);
