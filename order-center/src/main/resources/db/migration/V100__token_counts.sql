-- How many orders with a token are booked until then, to be compared with the signed-root log's sum.
create table token_counts (
  name varchar(32) not null,
  position datetime(6) not null,
  orders bigint not null,
  primary key (name)
);
