/// Whether a candidate policy may be pushed: our own lint first, then Envoy's opinion of the whole.
@NullMarked
package dev.lantern.controlplane.check;

import org.jspecify.annotations.NullMarked;
