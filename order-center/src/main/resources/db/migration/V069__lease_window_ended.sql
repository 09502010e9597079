-- When an operator ended the presentation window of a FROZEN lease (L7); null: nobody has.
alter table budget_leases add column window_ended_at datetime(6) null;
