-- state: 1 OPEN, 2 CLOSING, 3 FROZEN, 4 CLOSED. log: KAFKA:{topic id}. lease_id is never reused.
create table budget_leases (
  lease_id bigint not null,
  budget_id varchar(64) not null,
  holder varchar(96) not null,
  slice bigint not null,
  log varchar(64) not null,
  lease_time_ms int not null,
  state tinyint not null,
  seq bigint not null default 0,
  created_at datetime(6) not null,
  closing_at datetime(6) null,
  closed_at datetime(6) null,
  primary key (lease_id),
  key by_budget (budget_id, lease_id),
  key by_state (state, lease_id)
);
