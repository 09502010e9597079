/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.xds;

import org.jspecify.annotations.NullMarked;
