-- A life of Redis A, as its bucket keys name it (W2). settled_at is set once every partition has
-- been booked past the queue end read after the epoch's keys were set.
create table redis_epochs (
  epoch_id varchar(36) not null,
  lane tinyint not null,
  run_id varchar(64) not null,
  set_at datetime(6) not null,
  settled_at datetime(6) null,
  primary key (epoch_id)
);
