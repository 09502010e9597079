/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.policy;

import org.jspecify.annotations.NullMarked;
