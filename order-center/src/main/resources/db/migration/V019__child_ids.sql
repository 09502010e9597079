-- Child activity ids are unique for ever: balances are kept by them.
create table child_ids (
  child_id varchar(32) not null,
  activity_id varchar(32) not null,
  primary key (child_id)
);
