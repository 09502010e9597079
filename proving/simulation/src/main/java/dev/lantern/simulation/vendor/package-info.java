/// A vendor behind the downstream contract, as a simulated one: moody, and true to its word.
@NullMarked
package dev.lantern.simulation.vendor;

import org.jspecify.annotations.NullMarked;
