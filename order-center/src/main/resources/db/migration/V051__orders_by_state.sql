-- What is set aside is found without looking at what is booked; serves what is due, too.
create index by_state on orders (state, next_at);
