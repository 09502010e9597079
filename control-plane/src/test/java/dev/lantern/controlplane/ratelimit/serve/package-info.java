/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.ratelimit.serve;

import org.jspecify.annotations.NullMarked;
