/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.state;

import org.jspecify.annotations.NullMarked;
