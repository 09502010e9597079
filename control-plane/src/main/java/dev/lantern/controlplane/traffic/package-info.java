/// What the edge was lately asked, and what other rules would have answered.
@NullMarked
package dev.lantern.controlplane.traffic;

import org.jspecify.annotations.NullMarked;
