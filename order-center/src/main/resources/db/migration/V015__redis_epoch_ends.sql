create table redis_epoch_ends (
  epoch_id varchar(36) not null,
  topic_id varchar(64) not null,
  partition_no smallint not null,
  queue_end bigint not null,
  primary key (epoch_id, topic_id, partition_no)
);
