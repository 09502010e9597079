-- The accept log's generations. A topic's name is never used twice; topic_id is set once the
-- topic exists. The highest generation with a topic_id is the current one.
create table accept_logs (
  lane tinyint not null,
  generation int not null,
  topic varchar(128) not null,
  topic_id varchar(64) null,
  partitions smallint not null,
  created_at datetime(6) not null,
  primary key (lane, generation),
  unique key topic_once (topic)
);
