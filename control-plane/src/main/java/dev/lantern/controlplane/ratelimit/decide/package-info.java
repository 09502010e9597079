/// What one limiter holds of its keys, and how it decides with it. No drivers, no clocks.
@NullMarked
package dev.lantern.controlplane.ratelimit.decide;

import org.jspecify.annotations.NullMarked;
