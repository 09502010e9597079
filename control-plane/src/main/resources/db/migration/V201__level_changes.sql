-- Every level that somebody asked for. WAITING until a second person agrees; a row leaves a state
-- once, by a conditional update.
create table level_changes (
  change_id bigint not null auto_increment,
  request_id varchar(64) not null,
  level_rank int not null,
  lasts_ms bigint not null,
  caller varchar(64) not null,
  author varchar(64) not null,
  reason varchar(200) not null,
  create_time datetime(6) not null,
  -- WAITING, APPLIED, REFUSED, LAPSED.
  state varchar(16) not null,
  -- Entered without the second person.
  glass tinyint not null,
  second_caller varchar(64) null,
  second_author varchar(64) null,
  second_reason varchar(200) null,
  decide_time datetime(6) null,
  -- NONE, DUE, DONE: what broken glass owes.
  review varchar(8) not null,
  reviewer varchar(64) null,
  review_note varchar(500) null,
  review_time datetime(6) null,
  -- The row of switch_changes that entered it.
  turn_revision bigint null,
  primary key (change_id),
  unique key request (request_id),
  key by_state (state, change_id),
  key by_review (review, change_id)
) engine = innodb default charset = utf8mb4 collate = utf8mb4_bin;
