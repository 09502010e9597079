-- When orders of a lane were last accepted without a claim, by an instance that goes without Redis.
-- Who has Redis reads the ledger, too, before it takes silence for proof in a round that may have
-- been open then.
create table claim_gaps (
  lane tinyint not null,
  marked_at datetime(6) not null,
  seq bigint not null,
  primary key (lane)
);
