-- What came back to a budget after its booking: applied by the insert of its row (L3).
create table releases (
  order_no varchar(96) not null,
  step int not null,
  budget_id varchar(64) not null,
  amount bigint not null,
  applied_at datetime(6) not null,
  primary key (order_no, step)
);
