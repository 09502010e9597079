create table budgets (
  budget_id varchar(64) not null,
  parent_activity_id varchar(32) not null,
  total bigint not null,
  free bigint not null,
  seq bigint not null default 0,
  created_at datetime(6) not null,
  primary key (budget_id),
  constraint budgets_bounded check (free >= 0 and free <= total)
);
