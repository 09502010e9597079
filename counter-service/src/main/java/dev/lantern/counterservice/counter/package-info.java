/// What a counter is: names, slots, readings, and the pure rules about them.
///
/// Nothing here knows Redis, gRPC or the clock: instants come in as arguments.
@NullMarked
package dev.lantern.counterservice.counter;

import org.jspecify.annotations.NullMarked;
