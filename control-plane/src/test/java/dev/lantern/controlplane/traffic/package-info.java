/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.traffic;

import org.jspecify.annotations.NullMarked;
