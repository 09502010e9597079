/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.rollout;

import org.jspecify.annotations.NullMarked;
