/// The control plane's side of the limits that are decided call by call: who is told which rules.
@NullMarked
package dev.lantern.controlplane.limits;

import org.jspecify.annotations.NullMarked;
