-- What a budget counts: 1 fen, 2 items.
alter table budgets add column unit tinyint not null default 1;
