/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.resources;

import org.jspecify.annotations.NullMarked;
