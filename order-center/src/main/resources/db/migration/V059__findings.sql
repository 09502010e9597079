-- What differs, one row a class and subject, however often it is found. finding_class and state
-- are numbered as in order/v1/reconciliation_service.proto; change_no moves with every change.
create table findings (
  finding_id bigint not null,
  finding_class smallint not null,
  subject varchar(160) not null,
  activity_id varchar(32) not null,
  act_id bigint not null,
  order_no varchar(96) not null,
  amount_fen bigint not null,
  order_count bigint not null,
  detail varchar(500) not null,
  scope varchar(128) not null,
  manifest_id bigint not null,
  state tinyint not null,
  first_seen_at datetime(6) not null,
  last_seen_at datetime(6) not null,
  changed_at datetime(6) not null,
  closed_at datetime(6) null,
  closed_by varchar(96) null,
  note varchar(200) null,
  seq bigint not null default 0,
  primary key (finding_id),
  unique key subject_once (finding_class, subject),
  key by_state (state, finding_class, finding_id),
  key by_change (changed_at)
);
