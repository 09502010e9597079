-- Append only. One row moves money from one account to another: law SUM.
create table postings (
  act_id bigint not null,
  posting_id varchar(112) not null,
  activity_id varchar(32) not null,
  purse tinyint not null,
  debit_account varchar(128) not null,
  credit_account varchar(128) not null,
  amount_fen bigint not null,
  order_no varchar(96) not null,
  posted_at datetime(6) not null,
  primary key (act_id, posting_id),
  constraint postings_positive check (amount_fen > 0)
);
