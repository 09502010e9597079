/// The accept log: the durable queue between acceptance and booking.
///
/// `AcceptLogRegistry` knows the generations (table `accept_logs`) and creates their topics, once;
/// `AcceptLog` appends; `Partitions` says where a user's records go. A topic's name is never used
/// twice and its id is checked, so a lease's record cannot land in a later log (A3, S2).
@NullMarked
package dev.lantern.ordercenter.queue;

import org.jspecify.annotations.NullMarked;
