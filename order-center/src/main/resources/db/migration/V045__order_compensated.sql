-- True once a downstream has refused what was promised: the row then says what was given instead,
-- and its grants say what that was. A further record of the promise is still the same promise.
alter table orders add column compensated boolean not null default false;
