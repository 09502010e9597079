-- How many leases of a budget are not closed is asked with every heartbeat; the closed ones only
-- grow in number.
create index by_budget_state on budget_leases (budget_id, state);
