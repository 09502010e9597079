/// Tests.
@NullMarked
package dev.lantern.cli.stack.cache;

import org.jspecify.annotations.NullMarked;
