/// Serving readers: one poll a second for everybody, values that only rise.
///
/// The board holds what was read last; the poller keeps it fresh from one Redis at a time; the
/// reader answers from it, asking Redis itself only for a counter nobody has asked for before.
@NullMarked
package dev.lantern.counterservice.read;

import org.jspecify.annotations.NullMarked;
