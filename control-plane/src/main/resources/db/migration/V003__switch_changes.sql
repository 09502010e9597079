-- Every turn of every switch. The newest of a name is its state; the number rises for ever.
create table switch_changes (
  revision bigint not null auto_increment,
  name varchar(64) not null,
  per_ten_thousand int not null,
  author varchar(64) not null,
  reason varchar(200) not null,
  change_time datetime(6) not null,
  expire_time datetime(6) null,
  primary key (revision),
  key newest (name, revision)
) engine = innodb default charset = utf8mb4 collate = utf8mb4_bin;
