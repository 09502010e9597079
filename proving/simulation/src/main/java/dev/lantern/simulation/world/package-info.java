/// A campaign in small: processes wired as in production, users, disasters, and the laws checked
/// after every step.
@NullMarked
package dev.lantern.simulation.world;

import org.jspecify.annotations.NullMarked;
