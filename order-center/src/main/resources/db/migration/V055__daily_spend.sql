-- What a user was booked on a day, over a parent activity that has a daily cap: raised in the
-- booking transaction, which is rolled back when it would go over the cap.
create table daily_spend (
  act_id bigint not null,
  day date not null,
  parent_activity_id varchar(32) not null,
  fen bigint not null,
  seq bigint not null,
  primary key (act_id, day, parent_activity_id)
);
