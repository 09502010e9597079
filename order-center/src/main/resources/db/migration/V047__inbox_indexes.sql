-- One row per order number: a second insert of the number is told the first one's answer, whatever
-- its request and outcome. A partition's owner drains its oldest rows; a lease is fenced in a
-- partition when no row of it is left there.
alter table inbox
  add unique index by_number (act_id, order_no),
  add index by_partition (partition_no, created_at),
  add index by_lease (lease_id, partition_no);
