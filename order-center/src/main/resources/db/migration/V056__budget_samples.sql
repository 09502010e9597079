-- What of a budget was booked, every few seconds: its rate is the difference of two. Whoever
-- samples first in a slot of time writes it; samples of an hour are kept.
create table budget_samples (
  budget_id varchar(64) not null,
  slot bigint not null,
  sampled_at datetime(6) not null,
  booked bigint not null,
  primary key (budget_id, slot)
);
