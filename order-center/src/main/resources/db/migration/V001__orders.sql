-- One row per order number, whatever became of it. order_no begins with act_id, so the primary key
-- is also the law ONCE. award_type is the requested one; given_* is what the user got.
-- lease_id is the lease its token names; counted_lease_id the one that counts its unit (L6 may
-- book under another); 0 where no budget is needed. next_at is set while RETRYING alone.
create table orders (
  act_id bigint not null,
  order_no varchar(96) not null,
  parent_activity_id varchar(32) not null,
  activity_id varchar(32) not null,
  stage tinyint not null,
  scene_id varchar(32) not null,
  rain_id int not null,
  award_type smallint not null,
  given_type smallint not null,
  reward_id varchar(64) not null,
  title varchar(128) not null,
  fallback boolean not null,
  amount_fen bigint not null,
  requested_amount_fen bigint not null,
  budget_id varchar(64) not null,
  lease_id bigint not null,
  counted_lease_id bigint not null,
  partition_no smallint not null,
  fingerprint binary(32) not null,
  state tinyint not null,
  park_reason varchar(200) null,
  tries int not null default 0,
  next_at datetime(6) null,
  app_id int not null,
  token_key_id varchar(64) not null,
  open_time datetime(6) not null,
  accepted_at datetime(6) not null,
  booked_at datetime(6) null,
  seq bigint not null default 0,
  primary key (act_id, order_no),
  key flows (act_id, activity_id, accepted_at, order_no),
  key due (next_at),
  key by_scene (scene_id, rain_id)
);
