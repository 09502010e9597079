/// Actors under one baton, virtual time, seeded dice: what makes a run the same every time.
@NullMarked
package dev.lantern.simulation.kernel;

import org.jspecify.annotations.NullMarked;
