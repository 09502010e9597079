-- Who did what, and what was refused. Never changed, never deleted.
create table audit_events (
  event_id bigint not null auto_increment,
  event_time datetime(6) not null,
  action varchar(40) not null,
  subject varchar(128) not null,
  -- What the certificate proved.
  caller varchar(64) not null,
  -- Who they said they are.
  author varchar(64) not null,
  reason varchar(200) not null,
  outcome varchar(64) not null,
  detail varchar(1000) not null,
  primary key (event_id),
  key by_action (action, event_id)
) engine = innodb default charset = utf8mb4 collate = utf8mb4_bin;
