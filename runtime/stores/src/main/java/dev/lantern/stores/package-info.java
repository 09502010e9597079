/// What both stores share. The drivers (R2DBC, Reactor, Redisson) live in the packages below this
/// one and never leave them: callers see blocking methods made for virtual threads, each with a
/// bound on how long it may take.
@NullMarked
package dev.lantern.stores;

import org.jspecify.annotations.NullMarked;
