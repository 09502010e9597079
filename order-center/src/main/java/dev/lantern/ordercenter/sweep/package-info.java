/// The sweep (rule L6): tokens that stayed in Redis although settlement has passed them.
///
/// Two kinds stay: those of booked orders, left by a crash between commit and removal, which are
/// removed; and those whose record was void, because their lease was fenced before the record came
/// or the record was lost, which are forced: booked from the token alone. Nobody who holds a token
/// goes unpaid.
@NullMarked
package dev.lantern.ordercenter.sweep;

import org.jspecify.annotations.NullMarked;
