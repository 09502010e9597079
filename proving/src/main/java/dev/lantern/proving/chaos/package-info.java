/// Breaks real processes, and the ways to them, while it rains, sees them come back, and checks
/// every law. [dev.lantern.proving.chaos.Fault] says what is done, `OrderCenterCases` to what; an
/// `Attack` does one of it and times the return, a `Breaker` one after another; cuts and slowness
/// are a `FaultProxy` between a service and what it needs.
@NullMarked
package dev.lantern.proving.chaos;

import org.jspecify.annotations.NullMarked;
