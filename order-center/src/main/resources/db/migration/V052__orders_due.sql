-- by_state tells what is due: the same cost a row, one index less.
drop index due on orders;
