-- How far each pass over what is booked has come (position), and, in the row `leader`, who makes
-- them (owner, epoch): a row that stands still is taken over.
create table reconcile_marks (
  name varchar(32) not null,
  position datetime(6) not null,
  owner varchar(96) not null,
  epoch bigint not null,
  seq bigint not null,
  primary key (name)
);
