/// Tests.
@NullMarked
package dev.lantern.cli.stack.plan;

import org.jspecify.annotations.NullMarked;
