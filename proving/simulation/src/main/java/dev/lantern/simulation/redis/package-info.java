/// Redis A as a simulated store: claims, tokens, epochs, and what a failover loses.
@NullMarked
package dev.lantern.simulation.redis;

import org.jspecify.annotations.NullMarked;
