/// The deterministic simulation: the production classes of order-center and the wallet reader over
/// simulated stores, in one JVM, from one seed.
///
/// `kernel` moves the baton, `fault` decides what goes wrong, `ledger`, `redis` and `queue` are the
/// stores, `world` puts processes, users and law checks together; `counting` is a world of counters
/// beside it. [Simulation] runs seeds.
@NullMarked
package dev.lantern.simulation;

import org.jspecify.annotations.NullMarked;
