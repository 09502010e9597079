create table campaign_revisions (
  activity_id varchar(32) not null,
  revision bigint not null,
  etag varchar(64) not null,
  document mediumtext not null,
  author varchar(64) not null,
  reason varchar(200) not null,
  request_id varchar(64) not null,
  created_at datetime(6) not null,
  effective_at datetime(6) not null,
  primary key (activity_id, revision),
  unique key request_once (request_id)
);
