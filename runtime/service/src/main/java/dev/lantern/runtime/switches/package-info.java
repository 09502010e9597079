/// Switches: what of the system is on, told by the control plane, remembered on disk, never waited
/// for.
@NullMarked
package dev.lantern.runtime.switches;

import org.jspecify.annotations.NullMarked;
