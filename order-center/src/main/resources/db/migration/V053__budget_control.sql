-- A frozen budget, or one with a cut that waits for units to return, grants nothing. The guard:
-- units a second or share of the total a minute that raise the alarm, units a second that freeze.
alter table budgets
  add column frozen boolean not null default false,
  add column pending_cut bigint not null default 0,
  add column alarm_per_second bigint not null default 0,
  add column alarm_percent_per_minute smallint not null default 0,
  add column freeze_per_second bigint not null default 0;
