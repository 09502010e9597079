/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.ratelimit.bucket;

import org.jspecify.annotations.NullMarked;
