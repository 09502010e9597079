/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.ratelimit.follow;

import org.jspecify.annotations.NullMarked;
