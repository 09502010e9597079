/// Tests.
@NullMarked
package dev.lantern.cli.stack.supervise;

import org.jspecify.annotations.NullMarked;
