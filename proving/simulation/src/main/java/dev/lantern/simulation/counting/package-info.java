/// Counters beside the order world: the SDK's writer and reader, order-center's tally and the parts
/// of counter-service, over two simulated Redis, simulated disks and a wire, held against what was
/// really counted (law COUNT).
///
/// A world of its own, after the order world of the same seed: the two meet in totals alone.
@NullMarked
package dev.lantern.simulation.counting;

import org.jspecify.annotations.NullMarked;
