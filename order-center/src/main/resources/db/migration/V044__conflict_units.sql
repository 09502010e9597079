alter table conflicts add column units bigint as (case when given_type between 3 and 13
  and budget_id <> '' then 1 else amount_fen end) virtual;
