-- Passes that operators asked for. position: what was booked until then has been looked at.
create table reconcile_runs (
  run_id bigint not null,
  request_id varchar(64) not null,
  author varchar(96) not null,
  reason varchar(200) not null,
  window_from datetime(6) not null,
  window_to datetime(6) not null,
  manifest_id bigint not null,
  position datetime(6) not null,
  examined bigint not null default 0,
  found bigint not null default 0,
  opened bigint not null default 0,
  created_at datetime(6) not null,
  ended_at datetime(6) null,
  seq bigint not null default 0,
  primary key (run_id),
  unique key request_once (request_id),
  key unended (ended_at, run_id)
);
