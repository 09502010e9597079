/// Switches: what is on, told to Envoy and to every service by the same change.
@NullMarked
package dev.lantern.controlplane.switches;

import org.jspecify.annotations.NullMarked;
