-- Assertions that have opened a session; each is good once. Rows are kept a while past expires_at.
create table spent_assertions (
  app_id int not null,
  jti varchar(64) character set ascii collate ascii_bin not null,
  expires_at datetime(6) not null,
  primary key (app_id, jti),
  key by_end (expires_at)
);
