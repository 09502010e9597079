/// The count that is kept of each key: its arithmetic, and the Redis that keeps it.
@NullMarked
package dev.lantern.controlplane.ratelimit.bucket;

import org.jspecify.annotations.NullMarked;
