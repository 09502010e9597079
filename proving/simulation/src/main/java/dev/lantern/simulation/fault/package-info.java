/// What goes wrong, where, and how often: each call to a store crosses a wire that may lose, delay
/// or repeat it, and a process may stop before or after it.
@NullMarked
package dev.lantern.simulation.fault;

import org.jspecify.annotations.NullMarked;
