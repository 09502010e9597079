/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.mesh;

import org.jspecify.annotations.NullMarked;
