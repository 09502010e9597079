/// Tests.
@NullMarked
package dev.lantern.cli.stack.process;

import org.jspecify.annotations.NullMarked;
