-- A budget's figures sum what came back to it.
create index by_budget on releases (budget_id, amount);
