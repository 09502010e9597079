/// The accept log as a simulated store: topics with ids, appended and read by name.
@NullMarked
package dev.lantern.simulation.queue;

import org.jspecify.annotations.NullMarked;
