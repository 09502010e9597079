/// The simulation's own tests: it repeats itself, and it finds nothing in a few seeds.
@NullMarked
package dev.lantern.simulation;

import org.jspecify.annotations.NullMarked;
