/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.ratelimit.rule;

import org.jspecify.annotations.NullMarked;
