-- Written while the manifest comes in; rows without a manifest belong to a stream that broke.
-- outcome: 1 accepted, 2 refused.
create table manifest_rows (
  manifest_id bigint not null,
  order_no varchar(96) not null,
  act_id bigint not null,
  award_type smallint not null,
  amount_fen bigint not null,
  outcome tinyint not null,
  primary key (manifest_id, order_no)
);
