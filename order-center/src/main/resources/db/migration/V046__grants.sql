-- What downstreams are asked to give. A grant's id is order_no#step: a fallback is another step.
-- state: 1 DUE, 2 GRANTED, 3 REFUSED (compensated), 4 PARKED (an operator decides).
-- lease_id and units: what was counted for it, and is released when it is refused.
-- refused_at is set once the downstream has refused for good but the order could not be
-- compensated yet. instead is an acceptlog.v1.Outcome.
create table grants (
  act_id bigint not null,
  order_no varchar(96) not null,
  step int not null,
  downstream varchar(32) not null,
  award_type smallint not null,
  template_id varchar(64) not null,
  reward_id varchar(64) not null,
  activity_id varchar(32) not null,
  budget_id varchar(64) not null,
  lease_id bigint not null,
  partition_no smallint not null,
  units bigint not null,
  instead varbinary(1024) null,
  state tinyint not null,
  tries int not null default 0,
  unknown boolean not null default false,
  next_at datetime(6) not null,
  refused_at datetime(6) null,
  detail varchar(200) not null default '',
  reference varchar(128) not null default '',
  created_at datetime(6) not null,
  ended_at datetime(6) null,
  seq bigint not null default 0,
  primary key (act_id, order_no, step),
  key due (downstream, state, next_at)
);
