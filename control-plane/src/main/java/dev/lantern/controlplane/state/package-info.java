/// The last known state on this machine's disk, so that the mesh can start without its database.
@NullMarked
package dev.lantern.controlplane.state;

import org.jspecify.annotations.NullMarked;
