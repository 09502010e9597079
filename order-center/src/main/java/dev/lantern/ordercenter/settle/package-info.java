/// Settlement: from the accept log into the books, by the rules S1 to S5 and S7.
///
/// `GroupPlanner` decides what becomes of each record (A5, L5, S4) and `Effects` what that changes;
/// both are pure. `GroupBooking` is the flow that gets a group committed whatever the store
/// answers; `BookingStore`, `OffsetStore`, `LogReader` and `TokenRemoval` are what it and
/// `PartitionWorker` need of the outside, so that the same code runs over MySQL, Kafka and Redis or
/// a simulation. `Ownership` decides who books which partition (S1).
@NullMarked
package dev.lantern.ordercenter.settle;

import org.jspecify.annotations.NullMarked;
