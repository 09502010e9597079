-- Scene ids are unique for ever: they are part of every order number.
create table scene_ids (
  scene_id varchar(32) not null,
  activity_id varchar(32) not null,
  primary key (scene_id)
);
