/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.check;

import org.jspecify.annotations.NullMarked;
