/// What runs now: the inputs of the last push, and the one place from which Envoys are told.
@NullMarked
package dev.lantern.controlplane.mesh;

import org.jspecify.annotations.NullMarked;
