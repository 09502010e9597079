/// Tests of `token`.
@NullMarked
package dev.lantern.simulation.token;

import org.jspecify.annotations.NullMarked;
