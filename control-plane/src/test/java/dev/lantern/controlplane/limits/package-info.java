/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.limits;

import org.jspecify.annotations.NullMarked;
