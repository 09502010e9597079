/// token-service in a run: its keys, its signed-root log as a simulated store, calls to it, and
/// what others make up who have keys of their own.
@NullMarked
package dev.lantern.simulation.token;

import org.jspecify.annotations.NullMarked;
