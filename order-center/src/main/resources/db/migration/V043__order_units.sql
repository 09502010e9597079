-- What an order takes of its budget: one of a thing (award types 3 to 13), fen of money, nothing of
-- what has no budget. It follows from the row, so it is computed, and right for every old one.
alter table orders add column units bigint as (case when given_type between 3 and 13
  and budget_id <> '' then 1 else amount_fen end) virtual;
