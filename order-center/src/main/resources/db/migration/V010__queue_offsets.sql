-- Who books a partition (owner, epoch) and up to where (next_offset is the next to book).
-- seq moves with every booking and while the owner idles; a row that stands still is taken over.
create table queue_offsets (
  lane tinyint not null,
  topic_id varchar(64) not null,
  partition_no smallint not null,
  next_offset bigint not null,
  owner varchar(96) not null,
  epoch bigint not null,
  seq bigint not null,
  primary key (lane, topic_id, partition_no)
);
