/// Tests.
@NullMarked
package dev.lantern.cli.stack.envoy;

import org.jspecify.annotations.NullMarked;
