/// Tests of this package.
@NullMarked
package dev.lantern.controlplane.gateways;

import org.jspecify.annotations.NullMarked;
