-- What operators asked for, by their own name for it: the same request again gets the first
-- answer. digest tells whether it is the same.
create table operator_requests (
  request_id varchar(64) not null,
  action varchar(64) not null,
  digest binary(32) not null,
  figure_1 bigint not null,
  figure_2 bigint not null,
  created_at datetime(6) not null,
  primary key (request_id)
);
