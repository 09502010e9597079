-- Reconciliation follows what is booked, in the order of its booking; what is set aside (null)
-- stands together.
create index by_booking on orders (booked_at);
