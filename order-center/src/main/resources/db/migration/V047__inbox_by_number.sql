-- One row per order number: a second insert of the number is told the first one's answer, whatever
-- its request and outcome.
create unique index by_number on inbox (act_id, order_no);
