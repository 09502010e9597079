/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.diff;

import org.jspecify.annotations.NullMarked;
