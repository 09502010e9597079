/// Tests of time and turns.
@NullMarked
package dev.lantern.simulation.kernel;

import org.jspecify.annotations.NullMarked;
