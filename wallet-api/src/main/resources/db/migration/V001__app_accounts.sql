-- An app's user and his act_id, made at his first session and never changed.
-- Compared byte by byte, whatever the schema's default: two users must never be one.
create table app_accounts (
  app_id int not null,
  app_user_id varchar(128) character set ascii collate ascii_bin not null,
  act_id bigint not null,
  created_at datetime(6) not null,
  primary key (app_id, app_user_id),
  unique key act_id_once (act_id)
);
