-- Once, over what was set aside before the column came.
update lease_booked b join (
  select s.lease_id, s.partition_no, sum(s.amount_fen) as parked from (
    select counted_lease_id as lease_id, partition_no, amount_fen from orders
      where state in (3, 4) and counted_lease_id <> 0
    union all
    select counted_lease_id, partition_no, amount_fen from conflicts
      where state = 4 and counted_lease_id <> 0
  ) s group by s.lease_id, s.partition_no
) p on p.lease_id = b.lease_id and p.partition_no = b.partition_no
set b.parked = p.parked, b.seq = b.seq + 1;
