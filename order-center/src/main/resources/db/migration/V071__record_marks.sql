-- How far each partition of the accept log has been compared with the books.
create table reconcile_log_marks (
  topic_id varchar(64) not null,
  partition_no smallint not null,
  next_offset bigint not null,
  primary key (topic_id, partition_no)
);
