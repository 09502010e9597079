-- Which instances serve the stress lane, as they say themselves about once a second.
create table stress_lane_instances (
  instance varchar(64) not null,
  opening bigint not null,
  serving boolean not null,
  seen_at datetime(6) not null,
  primary key (instance)
);
