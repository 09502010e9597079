/// What waits for a decision: orders that could not be booked, and promises that came beside an
/// order (A5). Lists them, gives them back to settlement, or ends them once and for all (S4, S5,
/// L3).
///
/// `ParkedDesk` decides the order of the steps; `ParkedStore` makes each change in one transaction,
/// conditional on the row as it was read.
@NullMarked
package dev.lantern.ordercenter.parked;

import org.jspecify.annotations.NullMarked;
