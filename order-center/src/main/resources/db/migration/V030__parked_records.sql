-- The bytes of accept-log records that could not be read; their orders row is PARKED.
create table parked_records (
  act_id bigint not null,
  order_no varchar(96) not null,
  log_offset bigint not null,
  record mediumblob not null,
  created_at datetime(6) not null,
  primary key (act_id, order_no)
);
