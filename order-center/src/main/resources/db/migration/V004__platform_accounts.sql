-- The platform's own accounts, one sub-account a partition, posted once per group.
-- entries and amount_fen only rise: the hot counters report them as cumulative totals.
create table platform_accounts (
  account varchar(128) not null,
  partition_no smallint not null,
  parent_activity_id varchar(32) not null,
  amount_fen bigint not null,
  entries bigint not null,
  seq bigint not null,
  primary key (account, partition_no)
);
