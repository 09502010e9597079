-- Tokens of these rounds signed by keys that were made before keys_before do not hold.
create table revoked_epochs (
  request_id varchar(64) not null primary key,
  lane varchar(8) not null,
  activity_id varchar(64) not null,
  scene_id varchar(64) not null,
  rain_id int not null,
  keys_before datetime(6) not null,
  reason varchar(500) not null,
  revoked_by varchar(64) not null,
  revoked_at datetime(6) not null
);
