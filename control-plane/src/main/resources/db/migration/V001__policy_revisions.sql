-- One row a revision of the mesh policy. Never changed, never deleted: this is the history.
create table policy_revisions (
  revision bigint not null,
  etag varchar(64) not null,
  author varchar(64) not null,
  reason varchar(200) not null,
  request_id varchar(64) not null,
  create_time datetime(6) not null,
  primary key (revision),
  unique key request (request_id)
) engine = innodb default charset = utf8mb4 collate = utf8mb4_bin;
