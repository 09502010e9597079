-- Whether the stress lane is open (one row, in the live schema): 1 OPEN, 2 CLOSED, 3 CLEAN.
-- opening counts its openings and never falls: the lane's topics are named by it.
create table stress_lane (
  id tinyint not null,
  opening bigint not null,
  state tinyint not null,
  opened_at datetime(6) null,
  expires_at datetime(6) null,
  seq bigint not null,
  primary key (id)
);
