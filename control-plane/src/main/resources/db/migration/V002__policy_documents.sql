-- Every document of every revision, whole: a revision is read without its ancestors.
create table policy_documents (
  revision bigint not null,
  name varchar(64) not null,
  position int not null,
  yaml mediumtext not null,
  -- The revision in which this text last changed.
  since bigint not null,
  primary key (revision, name)
) engine = innodb default charset = utf8mb4 collate = utf8mb4_bin;
