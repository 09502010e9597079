/// The stress lane: when trials are served, and what they leave behind.
///
/// The lane is a second set of everything that holds state (a schema, topics, keys), behind a
/// second instance of the same code. A row of the live schema says whether it is open; every
/// instance looks about once a second ([LaneKeeper]). What trials left is counted and deleted by
/// [Traces].
@NullMarked
package dev.lantern.ordercenter.lane;

import org.jspecify.annotations.NullMarked;
