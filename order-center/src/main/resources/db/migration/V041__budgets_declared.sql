-- The total a budget was made with, which its campaign's documents keep naming whatever
-- adjustments have made of `total`. Null in budgets that are older than this column: as `total`.
alter table budgets add column declared bigint null;
