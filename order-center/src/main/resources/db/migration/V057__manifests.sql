-- What an upstream says it told its users of a scope; a row is there only when all of it is. The
-- newest of a scope and source is the one compared. scope: {scene}/{round}/{source}, or
-- {from}..{to}/{source}. next_compare_at is null when it is compared no more by itself.
create table manifests (
  manifest_id bigint not null,
  request_id varchar(64) not null,
  activity_id varchar(32) not null,
  scope varchar(128) not null,
  scene_id varchar(32) not null,
  rain_id int not null,
  window_from datetime(6) null,
  window_to datetime(6) null,
  source varchar(32) not null,
  digest binary(32) not null,
  row_count bigint not null,
  accepted_fen bigint not null,
  author varchar(96) not null,
  created_at datetime(6) not null,
  next_compare_at datetime(6) null,
  compares int not null default 0,
  primary key (manifest_id),
  unique key request_once (request_id),
  key by_scope (activity_id, scope, manifest_id),
  key due (next_compare_at)
);
