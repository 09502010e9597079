/// Tests of this package.
@NullMarked
package dev.lantern.controlplane;

import org.jspecify.annotations.NullMarked;
