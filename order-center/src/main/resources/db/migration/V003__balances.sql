create table balances (
  act_id bigint not null,
  activity_id varchar(32) not null,
  purse tinyint not null,
  booked_fen bigint not null,
  held_fen bigint not null,
  income_fen bigint not null,
  seq bigint not null,
  primary key (act_id, activity_id, purse),
  constraint balances_covered check (held_fen >= 0 and held_fen <= booked_fen)
);
