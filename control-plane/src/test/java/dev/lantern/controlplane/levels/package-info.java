/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.levels;

import org.jspecify.annotations.NullMarked;
