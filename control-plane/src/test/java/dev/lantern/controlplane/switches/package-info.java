/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.switches;

import org.jspecify.annotations.NullMarked;
