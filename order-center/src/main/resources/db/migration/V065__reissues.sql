-- reissue_id is the digest of what it pays: the same rows again are the same reissue. state is
-- numbered as in order/v1/reissue_service.proto; epoch and owner say who pays its rows now.
create table reissues (
  reissue_id varchar(29) not null,
  request_id varchar(64) not null,
  cause varchar(100) not null,
  activity_id varchar(32) not null,
  reason varchar(200) not null,
  note varchar(200) not null,
  state tinyint not null,
  row_cap_fen bigint not null,
  total_cap_fen bigint not null,
  rows_per_second int not null,
  row_count bigint not null,
  amount_fen bigint not null,
  created_by varchar(96) not null,
  created_at datetime(6) not null,
  approved_by varchar(96) not null,
  approved_at datetime(6) null,
  ended_at datetime(6) null,
  owner varchar(96) not null,
  epoch bigint not null,
  seq bigint not null default 0,
  primary key (reissue_id),
  key by_state (state, reissue_id),
  key by_time (created_at, reissue_id)
);
