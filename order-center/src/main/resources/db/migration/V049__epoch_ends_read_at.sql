-- From when the ends of an epoch are, at the least. After a claim gap they are read again: an order
-- accepted before it, and promised less during it, is below ends that were read after it.
alter table redis_epochs add column ends_read_at datetime(6) null;
