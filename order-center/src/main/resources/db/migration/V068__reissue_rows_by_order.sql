-- Whether a reissue has paid an order: asked for each that a manifest does not tell of.
create index by_order on reissue_rows (act_id, order_no, state);
