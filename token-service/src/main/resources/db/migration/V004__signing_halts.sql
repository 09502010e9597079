-- A lane without a row signs.
create table signing_halts (
  lane varchar(8) not null primary key,
  halted boolean not null,
  reason varchar(500) not null,
  changed_by varchar(64) not null,
  changed_at datetime(6) not null
);
