/// Closing leases (rules L4, L5, L7): how what was not booked of a lease comes back to its budget,
/// without a unit that was promised ever coming back.
///
/// `ClosingStep` decides what a lease needs next, purely; `LeaseCloser` drives it, on any number of
/// settle instances at once; `Fencer` draws the line in each partition, by its owner alone.
@NullMarked
package dev.lantern.ordercenter.closing;

import org.jspecify.annotations.NullMarked;
