/// One of the two Redis as a keeper of counters, and what is known about its health.
///
/// The interface is plain Java; Redis' scripts are in one class beside it. Every change is a
/// cumulative total compared inside Redis (C1), so that sending it again, which Redisson does by
/// itself, changes nothing.
@NullMarked
package dev.lantern.counterservice.replica;

import org.jspecify.annotations.NullMarked;
