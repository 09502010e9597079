create table revoked_keys (
  key_id varchar(64) not null primary key,
  request_id varchar(64) not null,
  reason varchar(500) not null,
  revoked_by varchar(64) not null,
  revoked_at datetime(6) not null
);
