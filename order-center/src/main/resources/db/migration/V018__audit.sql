create table audit (
  audit_id bigint not null auto_increment,
  at datetime(6) not null,
  actor varchar(96) not null,
  action varchar(64) not null,
  target varchar(128) not null,
  detail varchar(2000) not null,
  primary key (audit_id),
  key by_target (target, audit_id)
);
