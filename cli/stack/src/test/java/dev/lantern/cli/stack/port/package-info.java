/// Tests.
@NullMarked
package dev.lantern.cli.stack.port;

import org.jspecify.annotations.NullMarked;
