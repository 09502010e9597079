/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.ratelimit.decide;

import org.jspecify.annotations.NullMarked;
